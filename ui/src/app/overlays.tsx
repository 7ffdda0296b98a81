/// What floats above every view: commands, keys, people. One at a time.
import { useState } from "react";
import { PackOpening } from "@/features/packs/open_dialog";
import { type Scope, useKeyListener } from "@/lib/commands";
import { AboutDialog } from "./about_dialog";
import { KeySheet } from "./key_sheet";
import { Palette } from "./palette";
import { PersonDialog } from "./person_dialog";
import { SyntheticDialog } from "./synthetic_dialog";
import { useAppCommands } from "./use_app_commands";

export type Overlay = "commands" | "keys" | "person" | "synthetic" | "about";

export function Overlays({ scope }: { scope: Scope }) {
  const [open, setOpen] = useState<Overlay | null>(null);
  const close = () => setOpen(null);
  useKeyListener(scope);
  useAppCommands(setOpen);
  return (
    <>
      {open === "commands" && <Palette scope={scope} onClose={close} />}
      {open === "keys" && <KeySheet scope={scope} onClose={close} />}
      {open === "person" && <PersonDialog onClose={close} />}
      {open === null && <PackOpening />}
      {open === "about" && <AboutDialog onClose={close} />}
      {open === "synthetic" && <SyntheticDialog onClose={close} />}
    </>
  );
}
