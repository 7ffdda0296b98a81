/// Settings: how the window looks and behaves on this machine, and what is open.
import { Button } from "@/components/button";
import { Reading, READING_SIZES, type ReadingSize, Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Verbatim } from "@/components/verbatim";
import { runCommand } from "@/lib/commands";
import { useSession } from "@/lib/session";
import { nextZoom, readZoom } from "@/lib/zoom";
import { Effects } from "./effects";
import { Keys } from "./keys";
import { SigningKeys } from "./signing_keys";
import css from "./settings.module.css";

const SPECIMEN = "Go to A&E at once if there is black or bloody stool. فصلني صاحب العمل شفهيًا دون إشعار. 租赁合同到期后房东继续收租。";

export function View() {
  const { settings, setSetting, workspace, person, app } = useSession();
  const zoom = readZoom(settings.zoom);
  const size = (READING_SIZES.find((one) => String(one) === settings.reading_size) ?? 17) as ReadingSize;
  return (
    <div className={`view ${css.view}`}>
      <header className={css.head}><h1>Settings</h1></header>
      <div className={css.body}>
        <section>
          <SectionHead title="Appearance" />
          <div className={css.row}><span>Theme</span><Segmented label="Theme" value={settings.theme ?? "system"} options={[{ value: "system", label: "System" }, { value: "light", label: "Light" }, { value: "dark", label: "Dark" }]} onChange={(theme) => setSetting("theme", theme)} /></div>
          <div className={css.row}>
            <span>Size of everything<small>{zoom} % of its actual size</small></span>
            <span className={css.acts}>
              <Button unavailable={nextZoom(zoom, -1) === zoom ? "this is as small as it goes" : undefined} onPress={() => runCommand("app.smaller")}>Smaller</Button>
              <Button unavailable={nextZoom(zoom, 1) === zoom ? "this is as large as it goes" : undefined} onPress={() => runCommand("app.larger")}>Larger</Button>
              <Button unavailable={zoom === 100 ? "it has its actual size" : undefined} onPress={() => runCommand("app.actual_size")}>Actual size</Button>
            </span>
          </div>
          <div className={css.row}><span>Size of sample text</span><Segmented label="Size of sample text" value={String(size)} options={READING_SIZES.map((one) => ({ value: String(one), label: String(one) }))} onChange={(next) => setSetting("reading_size", next)} /></div>
          <div className={css.specimen}><Reading text={SPECIMEN} size={size} /></div>
        </section>
        <Keys />
        {workspace && <SigningKeys />}
        {workspace && <Effects />}
        <section>
          <SectionHead title="Workspace" />
          <div className={css.row}><span><Verbatim>{workspace?.name}</Verbatim><small><Verbatim>{workspace?.path}</Verbatim></small></span><Button onPress={() => runCommand("workspace.close")}>Close the workspace</Button></div>
          <div className={css.row}><span><Visible text={person?.name ?? "Nobody chosen"} /><small>{person?.role ?? "Decisions need a person."}</small></span><Button onPress={() => runCommand("app.person")}>Change person…</Button></div>
          <div className={css.row}><span>Assay {app.version}<small>Nothing leaves this machine.</small></span><Button onPress={() => runCommand("app.about")}>About…</Button></div>
        </section>
      </div>
    </div>
  );
}
