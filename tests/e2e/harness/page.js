// Runs in the page: finds what a person would call `button "Index with this map"`. Sent as text, so it names nothing outside itself.
export function find(role, name, exact, within) {
  const ROLES = {
    button: "button, [role=button]", link: "a[href], [role=link], button.link", heading: "h1, h2, h3, [role=heading]",
    textbox: "input:not([type=checkbox]):not([type=radio]), textarea, [role=textbox]", checkbox: "input[type=checkbox], [role=checkbox]",
    radio: "input[type=radio], [role=radio]", row: "tr, [role=row]", dialog: "[role=dialog]", status: "[role=status]", alert: "[role=alert]",
    region: "main, [role=region], section[aria-label]", listitem: "li, [role=listitem]", option: "[role=option]", menuitem: "[role=menuitem]",
    cell: "td, [role=gridcell]", img: "[role=img]", any: "*",
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return style.visibility !== "hidden" && style.display !== "none" && (box.width > 0 || element.type === "radio" || element.type === "checkbox");
  };
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const nameOf = (element) => {
    const label = element.getAttribute("aria-label");
    if (label) return clean(label);
    const by = element.getAttribute("aria-labelledby");
    const words = by?.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    if (clean(words)) return clean(words);
    if (element.labels?.length) return clean([...element.labels].map((one) => one.textContent).join(" "));
    if (element.tagName === "INPUT" || element.tagName === "TEXTAREA") return clean(element.placeholder);
    return clean(element.textContent);
  };
  const fits = (element) => name === null || (exact ? nameOf(element) === name : nameOf(element).startsWith(name));
  const dialogs = [...document.querySelectorAll("[role=dialog]")].filter(shown);
  const scope = within ?? dialogs.at(-1) ?? document;
  const found = [...scope.querySelectorAll(ROLES[role])].filter((element) => shown(element) && fits(element));
  // A radio button or box is drawn by its label, and that is what a person presses.
  return found.map((element) => (element.type === "radio" || element.type === "checkbox" ? (element.closest("label") ?? element) : element));
}
