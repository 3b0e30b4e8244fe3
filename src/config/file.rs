//! The settings file: TOML with a key for each setting, which is spelled as its flag is (`log-format`) or with `_` for `-` (`log_format`).

use std::collections::BTreeMap;

use super::setting::SETTINGS;

/// From this likeness on (0 to 1, of Jaro and Winkler) a key is taken for a misspelled setting.
const LIKE: f64 = 0.85;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The values by the names of their settings.
    pub(super) values: BTreeMap<&'static str, String>,
    /// What is wrong with it: it is no TOML, or has keys that are no settings or say the same one twice.
    pub(super) faults: Vec<String>,
}

impl File {
    /// Reads the text of a file. What is no TOML holds nothing.
    pub(super) fn read(text: &str) -> Self {
        let mut file = Self::default();
        let table = text.parse::<toml::Table>().unwrap_or_else(|error| {
            file.faults.push(format!("the settings file is not TOML: {error}"));
            toml::Table::new()
        });
        for (key, value) in &table {
            let spelled = key.replace('_', "-");
            let Some(setting) = SETTINGS.iter().find(|setting| setting.name == spelled) else {
                file.faults.push(unknown(key, &spelled));
                continue;
            };
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if file.values.insert(setting.name, value).is_some() {
                file.faults.push(format!("{spelled} is in the settings file twice, also as {}", spelled.replace('-', "_")));
            }
        }
        file
    }
}

/// What is said of a key that is no setting.
fn unknown(key: &str, spelled: &str) -> String {
    let likeness = |name: &str| strsim::jaro_winkler(&spelled.to_lowercase(), name);
    let nearest = SETTINGS.iter().map(|setting| setting.name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|name| likeness(name) >= LIKE) {
        Some(name) => format!("{key}: there is no such setting; did you mean {name}?"),
        None => format!("{key}: there is no such setting"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_spelled_either_way_but_once() {
        let file = File::read("log-format = \"json\"\ntoken_ttl = 3");
        assert_eq!(file.values, BTreeMap::from([("log-format", "json".to_owned()), ("token-ttl", "3".to_owned())]));
        assert!(file.faults.is_empty());
        let twice = File::read("log-format = \"json\"\nlog_format = \"text\"");
        assert_eq!(twice.faults, ["log-format is in the settings file twice, also as log_format"]);
    }

    #[test]
    fn a_near_miss_is_told_what_was_meant_and_a_far_one_is_not() {
        let faults = |text: &str| File::read(text).faults;
        for (key, name) in [("lisen", "listen"), ("LISTEN", "listen"), ("log_fmt", "log-format"), ("trusted-proxy", "trusted-proxies")] {
            assert_eq!(faults(&format!("{key} = 1")), [format!("{key}: there is no such setting; did you mean {name}?")]);
        }
        assert_eq!(faults("colour = 1"), ["colour: there is no such setting"]);
    }
}
