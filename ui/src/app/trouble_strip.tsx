/// A strip above the status bar: what did not work, where, and what to do next.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { faultPlace } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { dismissTrouble, useTrouble } from "@/lib/trouble";
import css from "./shell.module.css";

export function TroubleStrip() {
  const trouble = useTrouble();
  if (!trouble) return null;
  const { doing, fault } = trouble;
  const place = faultPlace(fault);
  return (
    <div className={css.trouble} role="alert">
      <Icon name="cross" />
      <p><b>{doing} did not work.</b> {fault.message}{place && <> (<Verbatim>{place}</Verbatim>)</>}. {fault.remedy && `${fault.remedy}.`}</p>
      <Button kind="plain" size="small" icon="cross" label="Dismiss" onPress={dismissTrouble} />
    </div>
  );
}
