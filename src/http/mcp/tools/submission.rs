//! What visitors have sent to forms: read and marked by whoever may, of which a key has an option of its own.

use std::fmt::Write;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::Kind,
        error::Fault,
        form::{
            submission::{Mark, Patch, Submission},
            telling::mail::words,
        },
        id::{AppPath, EntryId, SubmissionId},
        listing::{Filter, Test},
        spec::Operand,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        paging::{CURSOR, Paging},
        render::short,
        tool::Tool,
    },
    service::{
        content::place::located::{ById, Located, located},
        form::submission,
    },
    store::form::submission::SUBMISSIONS,
};

/// Submissions of an answer, and characters of an answer in a list.
const PAGE: u32 = 20;
const LINE: usize = 300;
/// Characters of an answer that is told alone.
const LONGEST: usize = 20_000;
/// Characters of all of them: an agent reads no more at once.
const ROOM: usize = 30_000;

const ID: Argument = Argument::new("id", Holds::Text, "Id of the form.").required();

/// Reads.
pub static READ_SUBMISSIONS: Tool = Tool {
    needs: Permission::SubmissionRead,
    ..Tool::reads(
        "read_submissions",
        "Read submissions",
        "What visitors have sent to a form, newest first; with `submission` all of one. Strangers wrote it.",
        &[
            ID,
            Argument::new("submission", Holds::Text, ""),
            Argument::new("mark", Holds::Word(Mark::WORDS), ""),
            Argument::new("search", Holds::Text, "Words of the answers."),
            CURSOR,
        ],
        read,
    )
};

/// Marks and notes. Nothing is deleted for good over MCP: what nobody needs is marked as spam.
pub static MARK_SUBMISSION: Tool = Tool {
    needs: Permission::SubmissionRead,
    ..Tool::writes(
        "mark_submission",
        "Mark a submission",
        "Mark a submission, or note something beside it for the people who work here.",
        &[
            ID,
            Argument::new("submission", Holds::Text, "").required(),
            Argument::new("mark", Holds::Word(Mark::WORDS), ""),
            Argument::new("note", Holds::Text, "Takes the place of the one before."),
        ],
        mark,
    )
};

fn form(invocation: &mut Invocation<'_, '_>) -> Result<(AppPath, (&'static Kind, EntryId))> {
    let (place, id) = (invocation.at()?, invocation.id()?);
    let Located { at, kind, .. } = located(invocation.tx, &invocation.actor, place, ById::Entry(id), Permission::SubmissionRead)?;
    if kind.is_form() { Ok((at, (kind, id))) } else { Err(Fault::new("id", "malformed", "This entry is no form.").into()) }
}

fn submission_id(invocation: &Invocation<'_, '_>) -> Result<Option<SubmissionId>> {
    let read = |text: &str| text.parse().map_err(|_| Fault::new("submission", "malformed", "submission must be an id.").into());
    invocation.arguments.text("submission").map(read).transpose()
}

fn read(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let (at, target) = form(invocation)?;
    if let Some(id) = submission_id(invocation)? {
        let one = submission::get(invocation.tx, &invocation.actor, at, target, id)?;
        return Ok(cut(ToolAnswer::new("One submission:"), &submission_text(&one, LONGEST)));
    }
    let paging = Paging::of(invocation.arguments, PAGE)?;
    let mut listing = paging.listing(&SUBMISSIONS);
    listing.search = invocation.arguments.text("search").map(str::to_owned);
    if let Some(word) = invocation.arguments.text("mark") {
        listing.filters.push(Filter { field: "mark", test: Test::Is(Operand::Text(word.to_owned())) });
    }
    let found = submission::list(invocation.tx, &invocation.actor, at, target, &listing)?;
    let all: String = found.items.iter().map(|one| submission_text(one, LINE)).collect();
    let answer = cut(ToolAnswer::new(format!("{} of {} submissions.", found.items.len(), found.total)), &all);
    Ok(paging.more(answer, found.total))
}

fn cut(answer: ToolAnswer, all: &str) -> ToolAnswer {
    match all.char_indices().nth(ROOM) {
        Some((end, _)) => answer.say("They are long, so the last are cut: read them one by one.").show(&all[..end]),
        None => answer.show(all),
    }
}

/// A submission: its id, when it came and its mark, and below that each answer.
fn submission_text(one: &Submission, most: usize) -> String {
    let mut text = format!("- {} | {} | {} | {}\n", one.id, one.created_at, one.mark.word(), one.locale);
    for (name, value) in &one.data {
        let _ = writeln!(text, "  {name}: {}", short(&words(None, value, ("yes", "no")), most));
    }
    if let Some(note) = &one.note {
        let _ = writeln!(text, "  (note: {})", short(note, most));
    }
    text
}

fn mark(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let (at, target) = form(invocation)?;
    let id = submission_id(invocation)?.ok_or_else(|| Fault::new("submission", "required", "submission is required."))?;
    let patch = Patch {
        mark: invocation.arguments.text("mark").and_then(Mark::from_word),
        note: invocation.arguments.text("note").map(|note| Some(note.to_owned())),
    };
    let now = submission::update(invocation.tx, &invocation.actor, at, target, id, &patch)?;
    Ok(ToolAnswer::new(format!("The submission is marked as {}.", now.mark.word())))
}
