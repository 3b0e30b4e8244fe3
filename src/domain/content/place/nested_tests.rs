//! Moves in a forest, one by one and in any order.

use proptest::prelude::*;
use uuid::Uuid;

use super::{Forest, Move, Node, nested::LEVELS_MAX};
use crate::domain::{Error, id::EntryId};

fn id(n: u128) -> EntryId {
    EntryId::from_uuid(Uuid::from_u128(n))
}

/// `(id, parent, position, whether it is there)`; 0 is no parent.
fn forest(nodes: &[(u128, u128, i64, bool)]) -> Forest {
    let node = |(one, parent, position, is_there): &(u128, u128, i64, bool)| Node {
        id: id(*one),
        parent: (*parent != 0).then(|| id(*parent)),
        position: *position,
        is_there: *is_there,
    };
    Forest::of("category", nodes.iter().map(node))
}

/// The forest as it is shown: `1(2 3(4)) 5`.
fn outline(forest: &Forest, below: Option<EntryId>) -> String {
    let one = |id: EntryId| {
        let inner = outline(forest, Some(id));
        let number = id.uuid().as_u128();
        if inner.is_empty() { number.to_string() } else { format!("{number}({inner})") }
    };
    forest.visible_below(below).into_iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The same after a move.
fn after(nodes: &[(u128, u128, i64, bool)], one: u128, to: Move) -> Result<String, Error> {
    let changes = forest(nodes).plan_move(id(one), to)?;
    let mut nodes = nodes.to_vec();
    for placed in changes {
        let node = nodes.iter_mut().find(|node| id(node.0) == placed.id).expect("it is there");
        (node.1, node.2) = (placed.parent.map_or(0, |parent| parent.uuid().as_u128()), placed.position);
    }
    Ok(outline(&forest(&nodes), None))
}

/// 1 holds 2 and 3, 3 holds 4; 5 stands beside 1.
const PLAIN: &[(u128, u128, i64, bool)] = &[(1, 0, 0, true), (2, 1, 0, true), (3, 1, 1, true), (4, 3, 0, true), (5, 0, 1, true)];

#[test]
fn steps_lead_up_down_in_and_out_and_end_at_the_edges() {
    assert_eq!(outline(&forest(PLAIN), None), "1(2 3(4)) 5");
    for (one, to, wanted) in [
        (5, Move::Up, "5 1(2 3(4))"),
        (5, Move::Down, "1(2 3(4)) 5"),
        (5, Move::In, "1(2 3(4) 5)"),
        (5, Move::Out, "1(2 3(4)) 5"),
        (1, Move::Down, "5 1(2 3(4))"),
        (1, Move::In, "1(2 3(4)) 5"),
        (2, Move::Down, "1(3(4) 2) 5"),
        (4, Move::Out, "1(2 3 4) 5"),
        (3, Move::Out, "1(2) 3(4) 5"),
    ] {
        assert_eq!(after(PLAIN, one, to).expect("good"), wanted, "{one} {to:?}");
    }
}

#[test]
fn places_are_beside_or_below_another_one() {
    for (one, to, wanted) in [
        (5, Move::Before(id(3)), "1(2 5 3(4))"),
        (5, Move::After(id(3)), "1(2 3(4) 5)"),
        (5, Move::Into(Some(id(4))), "1(2 3(4(5)))"),
        (4, Move::Into(None), "1(2 3) 5 4"),
        (4, Move::Before(id(4)), "1(2 3(4)) 5"),
        (2, Move::Into(Some(id(1))), "1(3(4) 2) 5"),
    ] {
        assert_eq!(after(PLAIN, one, to).expect("good"), wanted, "{one} {to:?}");
    }
}

#[test]
fn what_is_in_the_trash_keeps_its_place_and_closes_no_circle() {
    let mut nodes = PLAIN.to_vec();
    nodes[2].3 = false;
    assert_eq!(outline(&forest(&nodes), None), "1(2 4) 5");
    assert_eq!(forest(&nodes).parent(id(4)), Some(id(1)));
    assert_eq!(after(&nodes, 4, Move::Up).expect("good"), "1(4 2) 5");
    assert_eq!(after(&nodes, 5, Move::Before(id(4))).expect("good"), "1(2 5 4)");
    assert_eq!(after(&nodes, 5, Move::After(id(4))).expect("good"), "1(2 4 5)");
    for (one, to) in
        [(1, Move::Into(Some(id(4)))), (1, Move::Before(id(4))), (1, Move::Into(Some(id(1)))), (3, Move::Up), (5, Move::Into(Some(id(3))))]
    {
        assert!(after(&nodes, one, to).is_err(), "{one} {to:?}");
    }
    // Below what is gone for good is at the top.
    assert_eq!(outline(&forest(&[(1, 9, 0, true), (2, 0, 0, true)]), None), "1 2");
}

#[test]
fn nothing_is_out_of_reach() {
    assert_eq!(outline(&forest(&[(1, 2, 0, true), (2, 3, 0, true), (3, 1, 0, true), (4, 3, 1, true)]), None), "1(3(2 4))");
    let deep: Vec<_> = (1..=1000).map(|n| (n, n - 1, 0, true)).collect();
    let shown = outline(&forest(&deep), None);
    assert_eq!(shown.split(['(', ')', ' ']).filter(|word| !word.is_empty()).count(), 1000);
    assert_eq!(forest(&deep).visible_below(None).len(), 1000_usize.div_ceil(LEVELS_MAX));
}

#[test]
fn there_is_an_end_to_the_levels() {
    let deep: Vec<_> = (1..=LEVELS_MAX as u128).map(|n| (n, n - 1, 0, true)).chain([(100, 0, 1, true), (101, 100, 0, true)]).collect();
    let last = id(LEVELS_MAX as u128);
    assert!(forest(&deep).has_room("parentId", last).is_err() && forest(&deep).has_room("parentId", id(2)).is_ok());
    assert!(after(&deep, 101, Move::Into(Some(last))).is_err());
    assert!(after(&deep, 100, Move::Into(Some(id(LEVELS_MAX as u128 - 1)))).is_err());
    assert!(after(&deep, 100, Move::Into(Some(id(LEVELS_MAX as u128 - 2)))).is_ok());
}

fn moves() -> impl Strategy<Value = Vec<(u128, Move)>> {
    let any_id = || (1..8u128).prop_map(id);
    let to = prop_oneof![
        Just(Move::Up),
        Just(Move::Down),
        Just(Move::In),
        Just(Move::Out),
        any_id().prop_map(Move::Before),
        any_id().prop_map(Move::After),
        prop::option::of(any_id()).prop_map(Move::Into),
    ];
    prop::collection::vec((1..8u128, to), 0..24)
}

proptest! {
    #[test]
    fn whatever_moves_nothing_is_lost(all in moves(), dead in 0..8u128) {
        let mut nodes: Vec<_> = (1..8u128).map(|n| (n, n / 2, i64::from(n % 2 == 1), n != dead)).collect();
        for (one, to) in all {
            let Ok(changes) = forest(&nodes).plan_move(id(one), to) else { continue };
            for placed in changes {
                let node = nodes.iter_mut().find(|node| id(node.0) == placed.id).expect("it is there");
                (node.1, node.2) = (placed.parent.map_or(0, |parent| parent.uuid().as_u128()), placed.position);
            }
            let shown = outline(&forest(&nodes), None);
            let mut ids: Vec<u128> = shown.split(['(', ')', ' ']).filter_map(|word| word.parse().ok()).collect();
            ids.sort_unstable();
            prop_assert_eq!(ids, (1..8u128).filter(|n| *n != dead).collect::<Vec<_>>(), "{}", shown);
        }
    }
}
