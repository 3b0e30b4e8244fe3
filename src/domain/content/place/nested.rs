//! Entries that stand below each other, such as categories: what is shown where, and what a move makes of them.
//!
//! What is in the trash keeps its place. What stands below it is shown where it would be itself, so that nothing is lost from sight, and comes
//! back below it when it is restored.

use std::collections::{HashMap, HashSet};

use crate::domain::{Error, Result, error::Fault, id::EntryId};

/// Most levels.
pub const LEVELS_MAX: usize = 32;

/// One of them, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: EntryId,
    /// What it stands below; none at the top.
    pub parent: Option<EntryId>,
    /// Its number among those beside it.
    pub position: i64,
    /// Whether it is there; else it is in the trash.
    pub is_there: bool,
}

/// Where one of them goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Before the one that precedes it.
    Up,
    /// Behind the one that follows.
    Down,
    /// Below the one that precedes it, as the last.
    In,
    /// Out of what it stands below, behind that.
    Out,
    /// Before this one.
    Before(EntryId),
    /// Behind this one.
    After(EntryId),
    /// Below this one as the last, or to the end of the top.
    Into(Option<EntryId>),
}

/// A place that is another now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Of which one.
    pub id: EntryId,
    /// What it stands below.
    pub parent: Option<EntryId>,
    /// Its number there.
    pub position: i64,
}

/// All of an app.
#[derive(Debug, Clone)]
pub struct Forest {
    /// What one of them is called.
    noun: &'static str,
    nodes: HashMap<EntryId, Node>,
    /// Those below each, and those at the top, by their numbers.
    below: HashMap<Option<EntryId>, Vec<EntryId>>,
}

impl Forest {
    /// All of these, each called by a noun. What stands below something that is gone for good stands at the top, and so does what nobody would
    /// reach from there: what was imported may go in a circle, or too deep.
    pub fn of(noun: &'static str, nodes: impl IntoIterator<Item = Node>) -> Self {
        let mut nodes: HashMap<_, _> = nodes.into_iter().map(|node| (node.id, node)).collect();
        for id in unreachable(&nodes) {
            nodes.entry(id).and_modify(|node| node.parent = None);
        }
        let mut forest = Self { noun, below: HashMap::new(), nodes };
        for node in forest.nodes.values() {
            let parent = node.parent.filter(|parent| forest.nodes.contains_key(parent));
            forest.below.entry(parent).or_default().push(node.id);
        }
        let nodes = &forest.nodes;
        let place = |id: &EntryId| nodes.get(id).map(|node| (node.position, node.id));
        forest.below.values_mut().for_each(|ids| ids.sort_by_key(place));
        forest
    }

    /// Those that are shown below one, or at the top, in their order.
    pub fn visible_below(&self, below: Option<EntryId>) -> Vec<EntryId> {
        let (mut shown, mut waiting) = (Vec::new(), self.children_of(below).to_vec());
        waiting.reverse();
        while let Some(id) = waiting.pop() {
            if self.is_there(id) {
                shown.push(id);
            } else {
                waiting.extend(self.children_of(Some(id)).iter().rev());
            }
        }
        shown
    }

    /// What one is shown below: the nearest that is there.
    pub fn parent(&self, id: EntryId) -> Option<EntryId> {
        self.above(id).find(|above| self.is_there(*above))
    }

    /// The number of what comes last below one, or at the top.
    pub fn last(&self, below: Option<EntryId>) -> Option<i64> {
        self.children_of(below).last().and_then(|id| self.nodes.get(id)).map(|node| node.position)
    }

    /// Refuses a new one below this one if that would be too deep.
    ///
    /// # Errors
    /// The fault of `field`.
    pub fn has_room(&self, field: &str, below: EntryId) -> Result<()> {
        if self.level(below) < LEVELS_MAX { Ok(()) } else { Err(too_deep(field)) }
    }

    /// What is stored otherwise once one has moved; nothing where it cannot go any further.
    ///
    /// # Errors
    /// Not found, for one that is not there; a fault where it would stand below itself, or too deep.
    pub fn plan_move(&self, id: EntryId, to: Move) -> Result<Vec<Placed>> {
        self.check_known(id)?;
        let Some(to) = self.resolved(id, to) else { return Ok(Vec::new()) };
        let (parent, beside) = match to {
            Move::Before(beside) | Move::After(beside) => {
                self.check_known(beside)?;
                let beside = self.standing_for(beside);
                (self.stored_parent(beside), Some(beside))
            }
            Move::Into(below) => (below, None),
            Move::Up | Move::Down | Move::In | Move::Out => return Ok(Vec::new()),
        };
        if let Some(parent) = parent {
            self.check_known(parent)?;
            self.can_hold(parent, id)?;
        }
        if beside == Some(id) {
            return Ok(Vec::new());
        }
        let mut ids: Vec<_> = self.children_of(parent).iter().copied().filter(|other| *other != id).collect();
        let at = beside.and_then(|beside| ids.iter().position(|other| *other == beside)).unwrap_or(ids.len());
        ids.insert((at + usize::from(matches!(to, Move::After(_)))).min(ids.len()), id);
        let placed = (0..).zip(ids).map(|(position, id)| Placed { id, parent, position });
        Ok(placed.filter(|placed| self.differs(placed)).collect())
    }

    /// A step as a place beside or below another one; nothing at the edge.
    fn resolved(&self, id: EntryId, to: Move) -> Option<Move> {
        let beside = || {
            let all = self.visible_below(self.parent(id));
            let at = all.iter().position(|other| *other == id)?;
            Some((at.checked_sub(1).and_then(|before| all.get(before).copied()), all.get(at + 1).copied()))
        };
        match to {
            Move::Up => beside()?.0.map(Move::Before),
            Move::Down => beside()?.1.map(Move::After),
            Move::In => beside()?.0.map(|before| Move::Into(Some(before))),
            Move::Out => self.parent(id).map(Move::After),
            other => Some(other),
        }
    }

    /// What stands among the same as a place that one is shown at: it, or what is in the trash and holds it.
    fn standing_for(&self, id: EntryId) -> EntryId {
        self.above(id).take_while(|above| !self.is_there(*above)).last().unwrap_or(id)
    }

    fn can_hold(&self, parent: EntryId, id: EntryId) -> Result<()> {
        // What is in the trash counts, too: restored it would close the circle.
        if parent == id || self.above(parent).any(|above| above == id) {
            return Err(Fault::new("to", "circle", "Nothing can stand below itself.").into());
        }
        if self.level(parent) + self.height(id) > LEVELS_MAX { Err(too_deep("to")) } else { Ok(()) }
    }

    fn check_known(&self, id: EntryId) -> Result<()> {
        if self.is_there(id) { Ok(()) } else { Err(Error::NotFound(self.noun)) }
    }

    fn is_there(&self, id: EntryId) -> bool {
        self.nodes.get(&id).is_some_and(|node| node.is_there)
    }

    fn children_of(&self, below: Option<EntryId>) -> &[EntryId] {
        self.below.get(&below).map_or(&[], Vec::as_slice)
    }

    fn stored_parent(&self, id: EntryId) -> Option<EntryId> {
        self.nodes.get(&id).and_then(|node| node.parent).filter(|parent| self.nodes.contains_key(parent))
    }

    /// All that one stands below, the nearest first, also in the trash.
    fn above(&self, id: EntryId) -> impl Iterator<Item = EntryId> {
        std::iter::successors(self.stored_parent(id), |above| self.stored_parent(*above)).take(self.nodes.len())
    }

    /// How deep one stands; 1 at the top.
    fn level(&self, id: EntryId) -> usize {
        1 + self.above(id).count()
    }

    /// How many levels one takes with all that is below it.
    fn height(&self, id: EntryId) -> usize {
        let (mut levels, mut these, mut seen) = (0, vec![id], HashSet::from([id]));
        while !these.is_empty() {
            levels += 1;
            these = these.iter().flat_map(|one| self.children_of(Some(*one))).copied().filter(|one| seen.insert(*one)).collect();
        }
        levels
    }

    fn differs(&self, placed: &Placed) -> bool {
        self.nodes.get(&placed.id).is_none_or(|node| (node.position, self.stored_parent(node.id)) != (placed.position, placed.parent))
    }
}

/// Those that no way of few enough levels leads to from the top; in each circle one.
fn unreachable(nodes: &HashMap<EntryId, Node>) -> Vec<EntryId> {
    let mut below: HashMap<EntryId, Vec<EntryId>> = HashMap::new();
    let parent = |node: &Node| node.parent.filter(|parent| nodes.contains_key(parent));
    nodes.values().for_each(|node| parent(node).into_iter().for_each(|parent| below.entry(parent).or_default().push(node.id)));
    let mut ids: Vec<_> = nodes.keys().copied().collect();
    ids.sort_unstable();
    let mut waiting: Vec<_> = nodes.values().filter(|node| parent(node).is_none()).map(|node| (node.id, 1)).collect();
    let (mut reached, mut found, mut next) = (HashSet::new(), Vec::new(), ids.into_iter());
    loop {
        while let Some((id, level)) = waiting.pop() {
            if !reached.insert(id) {
                continue;
            }
            for child in below.get(&id).into_iter().flatten() {
                let is_near = level < LEVELS_MAX;
                found.extend((!is_near).then_some(*child));
                waiting.push((*child, if is_near { level + 1 } else { 1 }));
            }
        }
        let Some(id) = next.find(|id| !reached.contains(id)) else { return found };
        found.push(id);
        waiting.push((id, 1));
    }
}

fn too_deep(field: &str) -> Error {
    Fault::new(field, "too_deep", format!("There are at most {LEVELS_MAX} levels.")).into()
}
