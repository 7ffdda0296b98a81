/// What is said of an element in an attribute or in an SVG, with the characters that would deceive or vanish spelled out.
///
/// Names out of data stand in `title` and `aria-label`, where no `<Verbatim>` can draw a token. So every element is made by
/// way of this: it cannot be forgotten at one of them. Deliberately absent: what an element holds, which Verbatim sees to.
import { visibleText } from "@/lib/visible";

/** Attributes that are read by people and not by programs. */
const SAID = ["title", "aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "alt", "placeholder"] as const;

/** Elements of an SVG that hold text and can hold no element to set a name apart. */
const DRAWN = new Set<unknown>(["text", "tspan", "title", "desc"]);

type Props = Record<string, unknown>;

/** The same value where nothing in it would deceive. */
function spelled(value: unknown): unknown {
  if (typeof value === "string") return visibleText(value);
  if (!Array.isArray(value)) return value;
  const shown = value.map(spelled);
  return shown.some((each, at) => each !== value[at]) ? shown : value;
}

/** The props as they may be shown; the same object where nothing in them would deceive. */
export function plainly(type: unknown, props: Props): Props {
  const changes: Props = {};
  const spell = (name: string) => {
    const shown = spelled(props[name]);
    if (shown !== props[name]) changes[name] = shown;
  };
  // What a component calls its title it may draw with tokens itself; what is for the ear goes through to the element.
  for (const name of SAID) if (name !== "title" || typeof type === "string") spell(name);
  if (DRAWN.has(type)) spell("children");
  return Object.keys(changes).length > 0 ? { ...props, ...changes } : props;
}
