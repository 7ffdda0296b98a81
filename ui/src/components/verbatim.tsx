/// A name or a value out of data, as it is: apart from the words around it, with what would deceive or vanish in it drawn as tokens.
import { Children, type ComponentProps } from "react";
import { Visible } from "./reading";

/** Takes texts, and elements that see to their own texts. */
export function Verbatim({ children, ...rest }: ComponentProps<"bdi">) {
  // biome-ignore lint/plugin: this is the place where names are set apart.
  return <bdi {...rest}>{Children.map(children, (child) => (typeof child === "string" ? <Visible text={child} /> : child))}</bdi>;
}
