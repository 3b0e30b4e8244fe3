//! Where an agent is, and what it may do there.

use std::fmt::Write;

use crate::{
    domain::{Result, access::Permission, content::Purpose, project::project::Project},
    http::mcp::base::{answer::ToolAnswer, invocation::Invocation, render::short, tool::Tool},
    service::agent::directory,
};

/// Start here.
pub static OVERVIEW: Tool = Tool::reads(
    "overview",
    "Where am I?",
    "Start here: your rights, the projects that your key reaches, and of a project its languages, apps and how many entries of each kind it has.",
    &[],
    overview,
)
.always();

/// Most projects that are told.
const PROJECTS: usize = 100;

fn overview(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let organization = directory::organization(invocation.tx, &invocation.actor)?;
    let projects = directory::projects(invocation.tx, &invocation.actor)?;
    let writes = directory::may(invocation.tx, &invocation.actor, &projects, Permission::EntryWrite)?;
    let may = if writes { "You may read and write content" } else { "You may read content, not write it" };
    let access = invocation.actor.access.word();
    let answer = ToolAnswer::new(format!("{may}: the access of this key is `{access}`. The instance is at {}.", invocation.public_url()));
    let mut stored = format!("organization: {}\n", short(&organization.name, 200));
    for project in projects.iter().take(PROJECTS) {
        let _ = writeln!(stored, "project: {} | {}", project.slug, short(&project.name, 200));
    }
    if projects.len() > PROJECTS {
        let _ = writeln!(stored, "... and {} more", projects.len() - PROJECTS);
    }
    if projects.is_empty() {
        return Ok(answer.show(stored).say("The key reaches no project."));
    }
    if projects.len() > 1 && invocation.arguments.text("project").is_none() {
        return Ok(answer.show(stored).say("Name one of the projects by its slug in `project`, here and in every other call."));
    }
    let project = invocation.project()?;
    about(invocation, &project, &mut stored)?;
    let next = "Dates are UTC. Next: `search`, or `list_entries` of a kind; `describe_blocks` tells what content is made of.";
    Ok(answer.show(stored).say(next))
}

/// Languages, apps and counts.
fn about(invocation: &mut Invocation<'_, '_>, project: &Project, stored: &mut String) -> Result<()> {
    let others = project.locales.iter().filter(|tag| **tag != project.default_locale).cloned().collect::<Vec<_>>();
    let _ = writeln!(stored, "\nproject {}\nlanguages: {} (default), {}", project.slug, project.default_locale, others.join(", "));
    for (id, kinds) in directory::app_counts(invocation.tx, &invocation.actor, project)? {
        let app = project.apps.iter().find(|app| app.id == id);
        let _ = app.map(|app| writeln!(stored, "app: {} | {} | {}", app.slug, app.app_type.word(), short(&app.name, 200)));
        for (kind, counts) in kinds.iter().filter(|(kind, counts)| counts.total > 0 || kind.purpose == Purpose::Document) {
            let _ = write!(stored, "  {}: {}", kind.content_type, counts.total);
            if kind.has_status() {
                let _ = write!(stored, " ({} published, {} drafts, {} scheduled)", counts.published, counts.draft, counts.scheduled);
            }
            for (tag, lacking) in counts.lacking.iter().filter(|(_, lacking)| *lacking > 0 && kind.has_texts()) {
                let _ = write!(stored, ", {lacking} lack texts in {tag}");
            }
            stored.push('\n');
        }
    }
    Ok(())
}
