/// The queue builder: what is drawn, how, and the statement that will stand on the card.
import { Button } from "@/components/button";
import { Empty } from "@/components/states";
import { asFault } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { faultWords } from "@/lib/fault_words";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { effortWords } from "./effort";
import { FormFields } from "./form_fields";
import { Outcome } from "./outcome";
import css from "./queue.module.css";
import { useBuilder } from "./use_builder";

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  if (!snapshot) {
    return <Empty view="New queue" title="Nothing to draw from" action={<Button onPress={() => go("overview")}>Overview</Button>}>A queue is drawn from an indexed dataset.</Empty>;
  }
  return <Builder at={snapshot} />;
}

function Builder({ at }: { at: { dataset: string; snapshot: number } }) {
  const { go } = useNavigation();
  const { form, now, slice, change, preview, stale, filterFault, refused, create, unavailable } = useBuilder(at);
  const draw = () => create.mutate();
  useCommands({ "queue.freeze": { run: draw, unavailable } });
  const effort = preview && !stale ? effortWords(preview.size, now.reviewers, preview.seconds_each) : "";
  return (
    <div className={`view ${css.builder}`}>
      <header className={css.head}>
        <h1>New queue</h1>
        <p className="small t2">The list is drawn and frozen, with its seed, before anyone opens it.</p>
      </header>
      <FormFields at={at} form={form} slice={slice} onChange={change} preview={preview} fault={filterFault} />
      <Outcome preview={preview} replaced={stale && !refused && !filterFault} refused={refused} form={now} onClaim={(claim, size) => change({ claim, size: String(size) })} />
      <footer className={css.acts}>
        {create.isError ? <span className={css.fault} role="alert">Not drawn: {faultWords(asFault(create.error, "drawing the queue"))} Nothing was written.</span> : <span className="small t2">{effort}{unavailable ? ` Not yet: ${unavailable}${unavailable.endsWith("…") ? "" : "."}` : ""}</span>}
        <span className="gap" />
        <Button size="large" onPress={() => go("review", {})}>Cancel</Button>
        <Button kind="ink" size="large" keys="Ctrl Enter" unavailable={unavailable} onPress={draw}>Draw and freeze</Button>
      </footer>
    </div>
  );
}
