/// A small fact about a whole, with or without its icon.
import type { ReactNode } from "react";
import css from "./badge.module.css";
import { Icon, type IconName } from "./icon";

export function Badge({ children, icon, kind = "plain" }: { children: ReactNode; icon?: IconName; kind?: "plain" | "gold" | "fail" }) {
  return <span className={`${css.badge} ${css[kind]}`}>{icon && <Icon name={icon} />}{children}</span>;
}
