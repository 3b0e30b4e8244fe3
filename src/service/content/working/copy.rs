//! Working copies: what somebody types and arranges is kept for them, and nobody else sees it.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Context, Entry, Kind, Locales, Patch,
            front::visibility::{self, Visibility},
            tree::{
                change::{BlockPlace, Edit, Edited, SectionPlace},
                copied::{self, Copied},
                edit,
                neighbor::{self, Direction},
                parts,
            },
            version::snapshot::Snapshot,
            working::copy::{WorkingCopy, is_same, value_of, values_of},
        },
        error::Fault,
        id::{AppPath, EntryId},
        project::project::Project,
    },
    store::{
        Tx,
        content::{
            entry as entries, version,
            working::{clipboard, copy},
        },
    },
};

use crate::service::{
    authorize,
    content::{
        checked::{self, authorize_write, locales, project_of},
        reference::{self, KnownNames},
    },
};

/// An entry of the kind that it is asked for as.
pub type Target = (&'static Kind, EntryId);

/// What was typed into the page of an entry.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The version of the entry that the page was made from.
    pub seen: i64,
    /// The language that it was typed in.
    pub locale: Option<String>,
    /// Fields, each in one language or in none, and what they are to be.
    pub fields: Vec<(String, Option<String>, Value)>,
    /// What was typed into the open block or section.
    pub edit: Option<Edit>,
}

/// A change of structure.
#[derive(Debug, Clone)]
pub enum Step {
    /// Of the tree.
    Edit(Edit),
    /// A block goes one place up, or down: within its column, then into the next one.
    NudgeBlock(String, Direction),
    /// A section goes one place up, or down.
    NudgeSection(String, Direction),
    /// A block once more, behind itself.
    DuplicateBlock(String),
    /// A section once more, behind itself.
    DuplicateSection(String),
    /// A block or a section is kept, to be pasted elsewhere.
    Copy(String),
    /// The block that was copied last is put here.
    Paste(BlockPlace),
    /// The section that was copied last is put here.
    PasteSection(SectionPlace),
    /// The last change of structure is taken back.
    Undo,
}

/// A working copy as it is opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The copy, if there is one.
    pub copy: Option<WorkingCopy>,
    /// The content as it is worked on.
    pub tree: Vec<Value>,
    /// The language that plain texts are in.
    pub default: String,
    /// Whether there is a step to take back.
    pub can_undo: bool,
    /// What there is to paste.
    pub copied: Option<Copied>,
}

/// The actor's working copy of an entry.
///
/// # Errors
/// Those of the gate for whoever may write; stale, when nothing says what the entry was.
pub fn open(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: Target) -> Result<Opened> {
    let session = EditSession::open(tx, actor, at, target)?;
    Ok(Opened {
        tree: session.tree(tx)?,
        can_undo: copy::has_step(tx, &session.granted, &session.entry, actor.id)?,
        copied: session.clipboard(tx)?,
        default: session.project.default_locale,
        copy: Some(session.copy).filter(|copy| !copy.is_empty()),
    })
}

/// The entry as the actor works on it: with all that they have changed and that is good already; for whoever only reads, as it is.
///
/// # Errors
/// Those of the gate.
pub fn get_with_own_edits(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): Target) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let mut entry = entries::get(tx, &granted, kind, id)?;
    let Some(copy) = copy::get(tx, &granted, id, actor.id)? else { return Ok(entry) };
    let project = project_of(tx, actor, at)?;
    let context = Context { complete: false, ..checked::context(tx, &project, None)? };
    let mut body = copy.body();
    Visibility::taken_from(kind, &mut body).apply(&mut entry);
    if let Ok(patch) = Patch::parse(kind, body, &context) {
        patch.apply(&mut entry, &context.locales)?;
    }
    if let Some(content) = copy.content {
        entry.content = content;
    }
    Ok(entry)
}

/// Notes in the actor's working copy what was typed, and takes a step.
///
/// # Errors
/// Those of the gate; all faults of what was typed into a block, which may lack what it needs until it is saved; not found for what is to
/// be moved or deleted.
pub fn note(tx: &mut Tx<'_>, mut session: EditSession, typed: &Typed, step: Option<&Step>) -> Result<Option<Edited>> {
    if session.goes(tx, typed, step)? {
        session.take_in(tx, &Typed { edit: None, ..typed.clone() })?;
    } else {
        session.take_in(tx, typed)?;
    }
    let done = step.map(|step| session.step(tx, step)).transpose()?.flatten();
    session.keep(tx)?;
    Ok(done)
}

/// Throws the actor's working copy away.
pub fn discard(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): Target) -> Result<Entry> {
    let granted = authorize_write(tx, actor, at, kind)?;
    let entry = entries::get(tx, &granted, kind, id)?;
    copy::delete(tx, &granted, &entry, actor.id)?;
    Ok(entry)
}

/// A working copy in somebody's hands: it is opened once, read by what they have typed into, and changed.
pub struct EditSession {
    pub(super) granted: Granted<InApp>,
    pub(super) actor: Arc<Actor>,
    pub(super) entry: Entry,
    pub(super) project: Project,
    pub(super) copy: WorkingCopy,
    /// Whether it was kept before.
    is_kept: bool,
}

impl EditSession {
    /// That of the actor, for an entry that they may write.
    ///
    /// # Errors
    /// Those of the gate.
    pub fn open(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): Target) -> Result<Self> {
        let granted = authorize_write(tx, actor, at, kind)?;
        let entry = entries::get(tx, &granted, kind, id)?;
        let project = project_of(tx, actor, at)?;
        let kept = copy::get(tx, &granted, id, actor.id)?;
        let is_kept = kept.is_some();
        let mut copy = kept.unwrap_or_else(|| WorkingCopy::new(entry.version, tx.now()));
        // What others have saved as the actor had it is no change any more: whoever changes it back then changes the entry.
        copy.settle_fields(&entry, &locales(&project))?;
        Ok(Self { granted, actor: actor.clone(), entry, project, copy, is_kept })
    }

    /// Where the entry is.
    pub(super) const fn at(&self) -> AppPath {
        (self.entry.org, self.entry.project, self.entry.app)
    }

    /// Which it is.
    pub(super) const fn target(&self) -> Target {
        (self.entry.kind, self.entry.id)
    }

    /// The content that the page showed which was made from a version, and the default language of the project.
    ///
    /// # Errors
    /// [`Error::Stale`] when nothing says what the entry was.
    pub fn content_at(&mut self, tx: &mut Tx<'_>, seen: i64) -> Result<(Vec<Value>, &str)> {
        self.begin(seen);
        Ok((self.tree(tx)?, &self.project.default_locale))
    }

    /// A copy in which nothing is changed begins with the version that was seen.
    fn begin(&mut self, seen: i64) {
        if self.copy.is_empty() {
            self.copy.base = seen;
        }
    }

    /// The languages of the project.
    pub(super) fn locales(&self) -> Locales<'_> {
        locales(&self.project)
    }

    /// What the entry was in a version.
    ///
    /// # Errors
    /// [`Error::Stale`] when that is not kept any more.
    pub(super) fn snapshot(&self, tx: &mut Tx<'_>, number: i64) -> Result<Snapshot> {
        if number == self.entry.version {
            return Ok(Snapshot::of(&self.entry));
        }
        Ok(version::numbered(tx, &self.granted, self.entry.id, number)?.ok_or(Error::Stale)?.1)
    }

    /// Takes in what was typed.
    pub(super) fn take_in(&mut self, tx: &mut Tx<'_>, typed: &Typed) -> Result<()> {
        self.locales().check_tag(typed.locale.as_deref())?;
        self.begin(typed.seen);
        let before = if typed.fields.is_empty() { Map::new() } else { self.before(tx, typed.seen)? };
        for (field, locale, to) in &typed.fields {
            let shown = self.copy.value(field, locale.as_deref()).cloned();
            let was = value_of(&before, field, locale.as_deref(), &self.locales());
            if !is_same(shown.as_ref().unwrap_or(&was), to) {
                self.copy.note(field, locale.as_deref(), was, to.clone());
            }
        }
        if let Some(edit) = &typed.edit {
            self.edit(tx, edit)?;
        }
        Ok(())
    }

    /// The fields as the page showed them that somebody typed into.
    fn before(&self, tx: &mut Tx<'_>, seen: i64) -> Result<Map<String, Value>> {
        if seen != self.entry.version {
            // Versions do not say who may see the entry: that is said of it as it is.
            let mut shown = self.snapshot(tx, seen)?.members()?;
            shown.extend(visibility::of(&self.entry));
            return Ok(shown);
        }
        // What is in the trash was not shown.
        let mut shown = self.entry.clone();
        reference::forget_gone(tx, &self.granted, &mut shown, &mut KnownNames::default())?;
        values_of(&shown)
    }

    /// The content as it is worked on.
    pub(super) fn tree(&self, tx: &mut Tx<'_>) -> Result<Vec<Value>> {
        let text = match &self.copy.content {
            Some(content) => content.clone(),
            None => self.snapshot(tx, self.copy.base)?.content,
        };
        serde_json::from_str(&text).map_err(|_| Error::Internal("a content tree is no JSON".into()))
    }

    fn edit(&mut self, tx: &mut Tx<'_>, change: &Edit) -> Result<Edited> {
        let before = self.tree(tx)?;
        let mut sections = before.clone();
        let context = Context { complete: false, ..checked::context(tx, &self.project, None)? };
        let edited = edit::apply(self.entry.kind, &mut sections, change, &context)?;
        if sections != before {
            let text = Value::Array(sections).to_string();
            edit::fits(&text)?;
            self.copy.content = Some(text);
        }
        Ok(edited)
    }

    /// Whether a step takes away what was typed into: that need not be right any more.
    fn goes(&self, tx: &mut Tx<'_>, typed: &Typed, step: Option<&Step>) -> Result<bool> {
        let (Some(Edit::UpdateBlock { id, .. } | Edit::UpdateSection { id, .. }), Some(Step::Edit(change))) = (&typed.edit, step) else {
            return Ok(false);
        };
        if !matches!(change, Edit::DeleteBlock { .. } | Edit::DeleteColumn { .. } | Edit::DeleteSection { .. }) {
            return Ok(false);
        }
        let mut left = self.tree(tx)?;
        edit::apply(self.entry.kind, &mut left, change, &checked::context(tx, &self.project, None)?)?;
        Ok(parts::find_block(&left, id).is_none() && !left.iter().any(|section| parts::id(section) == id))
    }

    fn step(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<Option<Edited>> {
        let change = match step {
            Step::Undo => return self.undo(tx).map(|()| None),
            Step::Copy(id) => return self.keep_part(tx, id).map(|()| None),
            Step::Edit(edit) => edit.clone(),
            Step::NudgeBlock(id, to) => match neighbor::block(&self.tree(tx)?, id, *to) {
                Some(to) => Edit::MoveBlock { id: id.clone(), to },
                None => return Ok(None),
            },
            Step::NudgeSection(id, to) => match neighbor::section(&self.tree(tx)?, id, *to) {
                Some(place) => Edit::MoveSection { id: id.clone(), place },
                None => return Ok(None),
            },
            Step::DuplicateBlock(id) => Edit::InsertBlock {
                block: copied::block(&self.tree(tx)?, id).ok_or(Error::NotFound("block"))?,
                to: BlockPlace { after: Some(id.clone()), ..BlockPlace::default() },
            },
            Step::DuplicateSection(id) => Edit::InsertSection {
                section: copied::section(&self.tree(tx)?, id).ok_or(Error::NotFound("section"))?,
                place: SectionPlace { after: Some(id.clone()), before: None },
            },
            Step::Paste(to) => match self.clipboard(tx)? {
                Some(Copied::Block(block)) => Edit::InsertBlock { block, to: to.clone() },
                _ => return Err(Fault::new("block", "required", "No block was copied.").into()),
            },
            Step::PasteSection(place) => match self.clipboard(tx)? {
                Some(Copied::Section(section)) => Edit::InsertSection { section, place: place.clone() },
                _ => return Err(Fault::new("section", "required", "No section was copied.").into()),
            },
        };
        let before = self.copy.content.clone();
        let edited = self.edit(tx, &change)?;
        if before != self.copy.content {
            copy::push_step(tx, &self.granted, &self.entry, self.actor.id, before.as_deref())?;
        }
        Ok(Some(edited))
    }

    fn undo(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some(content) = copy::pop_step(tx, &self.granted, &self.entry, self.actor.id)? {
            self.copy.content = content;
        }
        Ok(())
    }

    fn keep_part(&self, tx: &mut Tx<'_>, id: &str) -> Result<()> {
        let tree = self.tree(tx)?;
        let part = copied::block(&tree, id).or_else(|| copied::section(&tree, id)).ok_or(Error::NotFound("block"))?;
        clipboard::put(tx, &self.granted, self.actor.id, &Value::Object(part).to_string())
    }

    fn clipboard(&self, tx: &mut Tx<'_>) -> Result<Option<Copied>> {
        let kept = clipboard::get(tx, &self.granted, self.actor.id)?;
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).map(Copied::of))
    }

    /// Keeps the copy; one in which nothing is changed goes.
    pub(super) fn keep(mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.copy.settle(&self.entry, &locales(&self.project))?;
        if self.copy.is_empty() && !copy::has_step(tx, &self.granted, &self.entry, self.actor.id)? {
            return if self.is_kept { copy::delete(tx, &self.granted, &self.entry, self.actor.id) } else { Ok(()) };
        }
        self.copy.updated_at = tx.now();
        copy::put(tx, &self.granted, &self.entry, self.actor.id, &self.copy)
    }
}
