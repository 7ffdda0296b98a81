/// Buttons: ink for the one primary act, outlined for the rest, plain where words are enough.
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import css from "./button.module.css";
import { Icon, type IconName } from "./icon";
import { KeyCap } from "./key_cap";

export interface ButtonProps {
  children?: ReactNode;
  kind?: "outlined" | "ink" | "plain";
  size?: "normal" | "small" | "large";
  icon?: IconName | undefined;
  /** The key that does the same, drawn as a cap. */
  keys?: string | undefined;
  /** The accessible name where the words on it are not enough. */
  label?: string | undefined;
  /** Why it cannot be pressed; disables it and says so. */
  unavailable?: string | undefined;
  pressed?: boolean | undefined;
  autoFocus?: boolean | undefined;
  type?: "button" | "submit";
  className?: string | undefined;
  onPress?: (() => void) | undefined;
}

export function Button({ children, kind = "outlined", size = "normal", icon, keys, label, unavailable, pressed, autoFocus, type = "button", className, onPress }: ButtonProps) {
  const classes = [css.button, css[kind], css[size], children ? "" : css.bare, className ?? ""].filter(Boolean).join(" ");
  const button = (
    <AriaButton
      className={classes}
      type={type}
      isDisabled={unavailable !== undefined}
      {...(label ? { "aria-label": unavailable ? `${label}: ${unavailable}` : label } : {})}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      {...(autoFocus ? { autoFocus } : {})}
      onPress={() => onPress?.()}
    >
      {icon && <Icon name={icon} />}
      {children}
      {keys && <KeyCap keys={keys} />}
    </AriaButton>
  );
  return unavailable ? <span className={css.why} title={unavailable}>{button}</span> : button;
}
