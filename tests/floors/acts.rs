//! What a form of the console does among the writes: one operation, as the API calls it, and no frame of a page.

use super::{Fault, Source, check, code_lines};

/// What an act calls: where, and in which blocks, by the lines above them, the innermost first; whether that is left there, and whether it is a loop.
struct Call {
    line: usize,
    blocks: Vec<usize>,
    leaves: bool,
    in_loop: bool,
}

/// What a form does calls one operation, or one of several by what was pressed; the frame of a page is put together by a reader, before or after.
fn acts(file: &Source) -> Vec<Fault> {
    let (mut faults, mut signature, mut body) = (Vec::new(), String::new(), Vec::new());
    let mut is_act = false;
    for (number, line) in code_lines(&file.text) {
        let is_head = ["fn ", "pub fn ", "async fn ", "pub(super) fn "].iter().any(|head| line.starts_with(head));
        if is_head || !signature.is_empty() {
            signature += line.trim();
            if signature.ends_with('{') {
                is_act = signature.contains("tx: &mut Tx")
                    && ["-> Result<Done>", "-> Result<ControlFlow<Done"].iter().any(|end| signature.contains(end));
                (signature, body) = (String::new(), Vec::new());
            }
        } else if line == "}" {
            faults.extend(Some(&body).filter(|_| is_act).into_iter().flat_map(|body| in_act(body)));
            is_act = false;
        } else {
            body.push((number, line));
        }
    }
    faults
}

fn in_act(body: &[(usize, &str)]) -> Vec<Fault> {
    let framed = body.iter().filter(|(_, line)| ["Chrome::", "frame("].iter().any(|word| line.contains(word)));
    let mut faults: Vec<_> = framed.map(|(number, _)| (*number, "puts the frame of a page together among the writes".to_owned())).collect();
    let calls = calls(body);
    // Of two in blocks beside each other, one is called; of one in a block that is left there and one below it, too.
    let is_second =
        |before: &Call, call: &Call| call.blocks.contains(&before.blocks[0]) || (before.blocks.contains(&call.blocks[0]) && !before.leaves);
    let after = |at: usize| calls[..at].iter().any(|before| is_second(before, &calls[at]));
    let several = (1..calls.len()).filter(|at| after(*at)).map(|at| (calls[at].line, "calls another operation".to_owned()));
    faults.extend(several);
    faults.extend(calls.iter().filter(|call| call.in_loop).map(|call| (call.line, "calls an operation again and again".to_owned())));
    faults
}

fn calls(body: &[(usize, &str)]) -> Vec<Call> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let (mut all, mut loops): (Vec<_>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, (number, line)) in body.iter().enumerate() {
        let (depth_here, text) = (depth(line), line.trim_start());
        loops.retain(|outer| *outer < depth_here);
        if ["for ", "while ", "loop {"].iter().any(|word| text.starts_with(word)) {
            loops.push(depth_here);
        }
        let mut blocks = Vec::new();
        let mut outer = depth_here;
        for (number, line) in body[..at].iter().rev() {
            if depth(line) < outer {
                outer = depth(line);
                blocks.push(*number);
            }
        }
        blocks.push(0);
        let leaves = body[at..]
            .iter()
            .take_while(|(_, line)| depth(line) >= depth_here)
            .last()
            .is_some_and(|(_, line)| line.trim_start().starts_with("return"));
        for before in operations(text) {
            let in_loop = !loops.is_empty() || ["for_each(", ".map(|"].iter().any(|word| before.contains(word));
            // An arm of a `match` is a block of its own.
            let arm = Some(*number).filter(|_| before.contains("=> "));
            all.push(Call { line: *number, blocks: arm.into_iter().chain(blocks.iter().copied()).collect(), leaves, in_loop });
        }
    }
    all
}

/// The operations that a line calls, `module::function(tx, ...)`: what stands before each.
fn operations(line: &str) -> impl Iterator<Item = &str> {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_' || letter == ':';
    let called = line.match_indices("(tx").map(|(at, _)| &line[..at]);
    called.filter(move |before| before.rsplit(|letter| !is_name(letter)).next().is_some_and(|name| name.contains("::")))
}

#[test]
fn a_form_calls_one_operation_and_draws_nothing_among_the_writes() {
    check(&["src/http/console"], acts);
    let faults = |text: String| acts(&Source { path: "src/a.rs".into(), text }).len();
    let act = |body: &str| faults(format!("fn act(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {{\n{body}}}\n"));
    assert_eq!(act("    let made = label::create(tx, request.actor()?, &draft)?;\n    Ok(back(request, &made))\n"), 0);
    assert_eq!(act("    match item {\n        A => a::delete(tx, 1)?,\n        B => b::delete(tx, 1)?,\n    }\n"), 0, "one of two");
    assert_eq!(act("    a::find(tx, 1)?;\n    a::delete(tx, 1)?;\n"), 1);
    assert_eq!(act("    a::find(tx, 1)?;\n    if it {\n        a::delete(tx, 1)?;\n    }\n"), 1);
    assert_eq!(act("    if it {\n        let gone = a::delete(tx, 1)?;\n        return Ok(back(gone));\n    }\n    a::keep(tx, 1)?;\n"), 0);
    assert_eq!(act("    let is_done = match item {\n        A => a::erase(tx, 1).map(|()| true)?,\n    };\n"), 0);
    assert_eq!(act("    let is_done = match item {\n        A => a::erase(tx, 1)?,\n        B => b::erase(tx, 1)?,\n    };\n"), 0);
    assert_eq!(act("    if it {\n        a::find(tx, 1)?;\n        a::delete(tx, 1)?;\n    }\n"), 1);
    assert_eq!(act("    for id in ids {\n        a::delete(tx, id)?;\n    }\n"), 1);
    assert_eq!(act("    ids.iter().try_for_each(|id| a::delete(tx, id))?;\n"), 1);
    assert_eq!(act("    let (c, _) = Chrome::org(request, tx)?;\n"), 1);
    assert_eq!(act("    let c = side.frame(request, tx)?;\n"), 1);
    let head = "fn step(\n    request: &PageRequest,\n    tx: &mut Tx<'_>,\n) -> Result<ControlFlow<Done, At>> {\n";
    assert_eq!(faults(format!("{head}    a::count(tx)?;\n    a::erase(tx)?;\n}}\n")), 1);
    assert_eq!(
        faults("fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {\n    let c = Chrome::own(request, tx)?;\n}\n".into()),
        0
    );
}
