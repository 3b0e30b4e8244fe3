//! How a field is drawn: its label, its hint, what is wrong with it, and the input between them, tied together for those who do not see them.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};

/// The class of a button to tick beside its text.
const TICK: &str = "tick";

/// What is drawn of a field besides its input.
pub struct Control {
    /// The id of the input; those of what stands around it begin so.
    pub id: String,
    /// What the input is called in what is sent.
    pub name: String,
    /// What was answered.
    pub values: Option<Vec<String>>,
    is_required: bool,
    has_help: bool,
    fault: Option<String>,
    again: Option<String>,
}

impl Control {
    /// Of the block that is being written.
    pub fn of(page: &Page<'_>, data: &Data<'_>) -> Self {
        let (block, answers) = (page.block(), page.answers());
        let own = Some(data.text("name")).filter(|name| !name.is_empty()).unwrap_or(block);
        Self {
            id: format!("{}{block}-input", answers.within()),
            name: answers.name(block).unwrap_or_else(|| own.to_owned()),
            values: answers.values(block).map(<[String]>::to_vec),
            is_required: data.is_set("required", true),
            has_help: !data.text("help").is_empty(),
            fault: answers.fault(block).map(str::to_owned),
            again: answers.again(block).map(str::to_owned),
        }
    }

    /// The first answer; `or` if nobody has answered.
    pub fn value(&self, or: &str) -> String {
        self.values.as_ref().map_or_else(|| or.to_owned(), |all| all.first().cloned().unwrap_or_default())
    }

    /// Whether this was chosen.
    pub fn has(&self, value: &str) -> bool {
        self.values.iter().flatten().any(|one| one == value)
    }

    /// The attributes of an input: who it is, and what describes it. What stands there only under a condition is not required here: whether it
    /// is asked at all only the server knows.
    pub fn attributes(&self, data: &Data<'_>) -> Vec<(&'static str, String)> {
        let is_asked = data.items("showIf").next().is_none();
        let mut all = vec![("id", self.id.clone()), ("name", self.name.clone())];
        all.extend(self.described());
        all.push(("required", if self.is_required && is_asked { "required" } else { "" }.to_owned()));
        all
    }

    /// What describes it, and whether something is wrong with it.
    fn described(&self) -> [(&'static str, String); 2] {
        let help = self.has_help.then(|| format!("{}-help", self.id));
        let fault = self.fault.as_ref().map(|_| format!("{}-fault", self.id));
        let again = self.again.as_ref().map(|_| format!("{}-again", self.id));
        let invalid = if fault.is_some() { "true" } else { "" };
        [
            ("aria-describedby", help.into_iter().chain(fault).chain(again).collect::<Vec<_>>().join(" ")),
            ("aria-invalid", invalid.to_owned()),
        ]
    }

    /// The class of the whole field.
    fn class(&self) -> &'static str {
        if self.fault.is_some() { "field field-wrong" } else { "field" }
    }

    /// What the label says.
    fn label(&self, page: &mut Page<'_>, data: &Data<'_>) {
        page.text(data.text("label"));
        if !self.is_required && !page.answers().optional().is_empty() {
            page.text(" ");
            let words = page.answers().optional();
            page.line("span", "field-optional", words);
        }
    }

    fn around(&self, page: &mut Page<'_>, data: &Data<'_>) {
        if self.has_help {
            page.element("p", &[("class", "field-help"), ("id", &format!("{}-help", self.id))], |page| page.text(data.text("help")));
        }
        if let Some(fault) = &self.fault {
            page.element("p", &[("class", "field-fault"), ("id", &format!("{}-fault", self.id))], |page| page.text(fault));
        }
        if let Some(again) = &self.again {
            page.element("p", &[("class", "field-help"), ("id", &format!("{}-again", self.id))], |page| page.text(again));
        }
    }

    /// A field with one input.
    pub fn single(&self, page: &mut Page<'_>, data: &Data<'_>, input: impl FnOnce(&mut Page<'_>)) {
        page.element("div", &[("class", self.class())], |page| {
            page.element("label", &[("for", &self.id)], |page| self.label(page, data));
            self.around(page, data);
            input(page);
        });
    }

    /// A field of several buttons: those to tick, or those of which one is chosen. Each is a value with what it says.
    pub fn several<'d>(&self, page: &mut Page<'_>, data: &Data<'_>, kind: &str, options: impl Iterator<Item = (String, &'d str)>) {
        let mut attributes = vec![("class", self.class().to_owned())];
        attributes.extend(self.described());
        page.element("fieldset", &attributes, |page| {
            page.element("legend", PLAIN, |page| self.label(page, data));
            self.around(page, data);
            for (at, (value, text)) in options.enumerate() {
                // The summary of what is wrong leads to the first one.
                let id = if at == 0 { self.id.clone() } else { format!("{}-{at}", self.id) };
                page.element("label", &[("class", TICK)], |page| {
                    let chosen = if self.has(&value) { "checked" } else { "" };
                    page.open("input", &[("type", kind), ("id", &id), ("name", &self.name), ("value", &value), ("checked", chosen)]);
                    page.text(" ");
                    page.line("span", "", text);
                });
            }
        });
    }

    /// A field of one box to tick.
    pub fn tick(&self, page: &mut Page<'_>, data: &Data<'_>) {
        page.element("div", &[("class", self.class())], |page| {
            self.around(page, data);
            page.element("label", &[("class", TICK)], |page| {
                let mut attributes = vec![("type", "checkbox".to_owned()), ("value", "on".to_owned())];
                attributes.extend(self.attributes(data));
                attributes.push(("checked", if self.has("on") { "checked" } else { "" }.to_owned()));
                page.open("input", &attributes);
                page.text(" ");
                page.element("span", PLAIN, |page| self.label(page, data));
            });
        });
    }
}
