/// What floats above every view: commands, keys, people. One at a time.
import { useState } from "react";
import { type Scope, useCommands, useKeyListener } from "@/lib/commands";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";

const THEMES = ["system", "light", "dark"];

export function Overlays({ scope }: { scope: Scope }) {
  const { settings, setSetting } = useSession();
  const { go, back } = useNavigation();
  const [, setOpen] = useState<"commands" | "keys" | "person" | null>(null);
  useKeyListener(scope);
  useCommands({
    "app.commands": { run: () => setOpen("commands") },
    "app.keys": { run: () => setOpen("keys") },
    "app.person": { run: () => setOpen("person") },
    "app.theme": { run: () => setSetting("theme", THEMES[(THEMES.indexOf(settings.theme ?? "system") + 1) % 3]!) },
    "app.back": { run: back },
    "app.settings": { run: () => go("settings") },
  });
  return null;
}
