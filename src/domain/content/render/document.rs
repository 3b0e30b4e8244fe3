//! Content as a page of its own, for whoever looks at it before readers do.

use crate::domain::project::branding::Branding;

use super::{html::escape, tree::Rendered};

/// A page with content.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageDocument {
    /// What it is called.
    pub title: String,
    /// What the tab of a browser says before that, which a screen reader reads first: which of several pages it is, or that something is wrong.
    pub notices: Vec<String>,
    /// The language of its texts.
    pub language: String,
    /// What it holds.
    pub content: Rendered,
    /// What stands around that.
    pub around: Around,
    /// What its app wears, if there is a branding.
    pub branding: Option<Branding>,
    /// The addresses of the pictures that its branding has.
    pub marks: Marks,
}

/// Pictures of a branding, where they are on this server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// The one in the tab of a browser.
    pub icon: Option<String>,
    /// The logo, above a page that has nothing else there.
    pub logo: Option<String>,
    /// The same on dark grounds.
    pub logo_dark: Option<String>,
}

/// What frames a page, as HTML; nothing, where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Above it.
    pub header: String,
    /// Beside it.
    pub beside: String,
    /// Below it.
    pub footer: String,
}

impl PageDocument {
    /// The page, with the stylesheets at these addresses. Where no heading of the first level says so, it begins with what it is called. No script
    /// runs in it, and search engines are told to leave it.
    pub fn page(&self, stylesheets: &[String]) -> String {
        self.page_with(stylesheets, &[])
    }

    /// The same with scripts of ours, each by its attributes: they run when the page is there.
    pub fn page_with(&self, stylesheets: &[String], scripts: &[Vec<(&str, String)>]) -> String {
        let Self { title, notices, language, content, around, marks, .. } = self;
        let mut page = String::with_capacity(content.html.len() + 1_024);
        page.push_str("<!doctype html>\n<html lang=\"");
        escape(&mut page, language);
        page.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
        for notice in notices {
            escape(&mut page, notice);
            page.push_str(" – ");
        }
        escape(&mut page, title);
        page.push_str("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n");
        if let Some(icon) = &marks.icon {
            page.push_str("<link rel=\"icon\" href=\"");
            escape(&mut page, icon);
            page.push_str("\">\n");
        }
        for address in stylesheets {
            page.push_str("<link rel=\"stylesheet\" href=\"");
            escape(&mut page, address);
            page.push_str("\">\n");
        }
        for script in scripts {
            page.push_str("<script defer");
            for (name, value) in script {
                page.extend([" ", name, "=\""]);
                escape(&mut page, value);
                page.push('"');
            }
            page.push_str("></script>\n");
        }
        page.push_str("</head>\n<body>\n");
        match &marks.logo {
            Some(logo) if around.header.is_empty() => frame(&mut page, "header", &self.logo(logo)),
            _ => frame(&mut page, "header", &around.header),
        }
        page.push_str("<main class=\"content\" dir=\"auto\">\n");
        if !content.toc.iter().any(|heading| heading.level == 1) {
            page.push_str("<h1 class=\"title\">");
            escape(&mut page, title);
            page.push_str("</h1>\n");
        }
        page.push_str(&content.html);
        page.push_str("\n</main>\n");
        frame(&mut page, "aside", &around.beside);
        frame(&mut page, "footer", &around.footer);
        page.push_str("</body>\n</html>\n");
        page
    }

    /// The logo, and the one for dark grounds where there is one. It says what the branding is called.
    fn logo(&self, address: &str) -> String {
        let mut html = "<p class=\"mark\"><picture>".to_owned();
        if let Some(dark) = &self.marks.logo_dark {
            html.push_str("<source media=\"(prefers-color-scheme: dark)\" srcset=\"");
            escape(&mut html, dark);
            html.push_str("\">");
        }
        html.push_str("<img src=\"");
        escape(&mut html, address);
        html.push_str("\" alt=\"");
        escape(&mut html, self.branding.as_ref().map_or("", |worn| worn.name.as_str()));
        html.push_str("\"></picture></p>");
        html
    }
}

/// A part of the frame, if there is something in it.
fn frame(page: &mut String, element: &str, html: &str) {
    if !html.is_empty() {
        page.extend(["<", element, " class=\"content frame\" dir=\"auto\">\n", html, "\n</", element, ">\n"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::render::html::Heading;

    #[test]
    fn a_page_says_its_title_once_and_nothing_breaks_out() {
        let heading = Heading { level: 1, id: "a".into(), text: "A".into() };
        let content = Rendered { html: "<h1 id=\"a\">A</h1>".into(), toc: vec![heading] };
        let own = PageDocument { title: "<script>\"".into(), language: "e\"n".into(), content, ..PageDocument::default() };
        let page = own.page(&["/a.css".to_owned()]);
        assert!(page.contains("<title>&lt;script&gt;&quot;</title>") && page.contains("lang=\"e&quot;n\""), "{page}");
        assert_eq!(page.matches("<h1").count(), 1, "{page}");
        assert!(!page.contains("frame"), "{page}");
        let second = PageDocument { notices: vec!["1 < 2".into(), "Page 2".into()], ..own.clone() }.page(&[]);
        assert!(
            second.contains("<title>1 &lt; 2 – Page 2 – &lt;script&gt;&quot;</title>") && second.matches("Page 2").count() == 1,
            "{second}"
        );
        let bare = PageDocument { content: Rendered::default(), around: Around { footer: "<p>F</p>".into(), ..Around::default() }, ..own };
        assert!(
            bare.page(&["/a.css".to_owned()])
                .contains("</main>\n<footer class=\"content frame\" dir=\"auto\">\n<p>F</p>\n</footer>\n</body>")
        );
        let marks = Marks { icon: Some("/i.svg".into()), logo: Some("/l.svg?a&b".into()), logo_dark: Some("/d.svg".into()) };
        let marked = PageDocument { marks, ..bare.clone() }.page(&[]);
        assert!(
            marked.contains("<link rel=\"icon\" href=\"/i.svg\">") && marked.contains("srcset=\"/d.svg\"><img src=\"/l.svg?a&amp;b\""),
            "{marked}"
        );
        let around = Around { header: "<p>H</p>".into(), ..Around::default() };
        let headed = PageDocument { around, marks: Marks { logo: Some("/l.svg".into()), ..Marks::default() }, ..bare.clone() }.page(&[]);
        assert!(!headed.contains("/l.svg") && headed.contains("<p>H</p>"), "what is above a page is there instead: {headed}");
        assert!(bare.page(&["/a.css".to_owned()]).contains("<h1 class=\"title\">&lt;script&gt;&quot;</h1>"));
    }
}
