//! What a written document may hold, checked on the parsed tree rather than on its text.
#![allow(dead_code, reason = "each test binary uses some of these")]

use scraper::{Html, Selector};

/// Parses `html` and fails on parse errors, scripts, handlers, and anything that could be fetched or followed.
pub fn assert_inert(html: &str) {
    let tree = Html::parse_document(html);
    assert!(tree.errors.is_empty(), "parse errors: {:?}", tree.errors);
    for element in tree.root_element().descendent_elements() {
        let name = element.value().name();
        assert!(
            ![
                "script",
                "iframe",
                "object",
                "embed",
                "img",
                "image",
                "link",
                "base",
                "form",
                "audio",
                "video",
                "foreignObject",
                "animate",
                "use"
            ]
            .contains(&name),
            "<{name}> stands in the document"
        );
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{attribute}={value}");
            assert!(
                attribute != "src" && attribute != "srcset" && attribute != "style",
                "{attribute}={value}"
            );
            assert!(
                !attribute.ends_with("href") || value.starts_with('#'),
                "{attribute}={value}"
            );
        }
    }
    let styles: String = tree
        .select(&selector("style"))
        .flat_map(|style| style.text())
        .collect();
    assert!(!styles.contains("http") && !styles.contains("@import"));
    assert!(styles.matches("url(").count() == styles.matches("url(#").count());
    assert!(!html.to_lowercase().contains("<script"));
}

/// The document's text as a reader sees it, styles left out.
pub fn text(html: &str) -> String {
    let tree = Html::parse_document(html);
    tree.select(&selector("body"))
        .flat_map(|body| body.text())
        .collect()
}

pub fn count(html: &str, query: &str) -> usize {
    Html::parse_document(html).select(&selector(query)).count()
}

pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    groups.join(",")
}

/// Keeps the document under the target folder, where a person can look at it.
pub fn write_for_viewing(name: &str, html: &str) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
}

fn selector(query: &str) -> Selector {
    Selector::parse(query).unwrap()
}
