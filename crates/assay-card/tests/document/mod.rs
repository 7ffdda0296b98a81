//! What a written document may hold, checked on the parsed tree rather than on its text.
#![allow(dead_code, reason = "each test binary uses some of these")]

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of the parsed tree.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Names and classes of what it stands in, outermost first.
    within: Vec<(String, String)>,
    /// Its own text and that of everything in it.
    text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(each, _)| each == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| holds(classes, class))
    }

    /// Whether it stands, however deep, in an element of this name and class.
    pub fn is_within(&self, name: &str, class: &str) -> bool {
        self.within
            .iter()
            .any(|(outer, classes)| outer == name && holds(classes, class))
    }
}

fn holds(classes: &str, class: &str) -> bool {
    classes.split_ascii_whitespace().any(|each| each == class)
}

fn parse(html: &str) -> RcDom {
    html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html)
}

/// Every element in document order.
pub fn elements(html: &str) -> Vec<Element> {
    let mut found = Vec::new();
    collect(&parse(html).document, &mut Vec::new(), &mut found);
    found
}

fn collect(node: &Handle, within: &mut Vec<(String, String)>, found: &mut Vec<Element>) {
    let NodeData::Element { name, attrs, .. } = &node.data else {
        node.children
            .borrow()
            .iter()
            .for_each(|child| collect(child, within, found));
        return;
    };
    let attributes: Vec<(String, String)> = attrs
        .borrow()
        .iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .collect();
    let element = Element {
        name: name.local.to_string(),
        attributes,
        within: within.clone(),
        text: text_of(node, ""),
    };
    within.push((
        element.name.clone(),
        element.attribute("class").unwrap_or_default().to_owned(),
    ));
    found.push(element);
    node.children
        .borrow()
        .iter()
        .for_each(|child| collect(child, within, found));
    within.pop();
}

/// The text below a node, elements named `without` left out.
fn text_of(node: &Handle, without: &str) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Element { name, .. } if &*name.local == without => String::new(),
        _ => node
            .children
            .borrow()
            .iter()
            .map(|child| text_of(child, without))
            .collect(),
    }
}

/// Parses `html` and fails on parse errors, scripts, handlers, and anything that could be fetched or followed.
pub fn assert_inert(html: &str) {
    let errors = parse(html).errors.borrow().clone();
    assert!(errors.is_empty(), "parse errors: {errors:?}");
    let mut styles = String::new();
    for element in elements(html) {
        let name = element.name.as_str();
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
        for (attribute, value) in &element.attributes {
            assert!(!attribute.starts_with("on"), "{attribute}={value}");
            assert!(
                !["src", "srcset", "style"].contains(&attribute.as_str()),
                "{attribute}={value}"
            );
            assert!(
                !attribute.ends_with("href") || value.starts_with('#'),
                "{attribute}={value}"
            );
        }
        if name == "style" {
            styles.push_str(&element.text);
        }
    }
    assert!(!styles.contains("http") && !styles.contains("@import"));
    assert!(styles.matches("url(").count() == styles.matches("url(#").count());
    assert!(!html.to_lowercase().contains("<script"));
}

/// The document's text as a reader sees it, styles left out.
pub fn text(html: &str) -> String {
    let tree = parse(html);
    let document = tree.document.children.borrow();
    document.iter().map(|child| text_of(child, "style")).collect()
}

/// Elements for which `wanted` holds.
pub fn count(html: &str, wanted: impl Fn(&Element) -> bool) -> usize {
    elements(html).iter().filter(|element| wanted(element)).count()
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
