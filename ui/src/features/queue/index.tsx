/// The queue builder: what is drawn, how, and the statement that will stand on the card.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Empty } from "@/components/states";
import { asFault, call } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { handsOf } from "@/lib/hands";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { orderOf, type QueueForm, requestOf, seedOf, seedProblem, sizeProblem } from "./form";
import { FormFields } from "./form_fields";
import { Outcome } from "./outcome";
import css from "./queue.module.css";
import { useSettled } from "./use_settled";

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  if (!snapshot) {
    return <Empty view="New queue" title="Nothing to draw from" action={<Button onPress={() => go("overview")}>Overview</Button>}>A queue is drawn from an indexed dataset.</Empty>;
  }
  return <Builder dataset={snapshot.dataset} snapshot={snapshot.snapshot} />;
}

function Builder({ dataset, snapshot }: { dataset: string; snapshot: number }) {
  const { place, go } = useNavigation();
  const { refresh, person } = useSession();
  const client = useQueryClient();
  const [form, setForm] = useState<QueueForm>(() => ({ name: place.state.name ?? "", filter: place.state.filter ?? "", size: "59", seed: seedOf(new Date()), blind: true, order: orderOf(place.state.order), rubric: place.state.rubric ?? null, hands: handsOf(place.state.hands) }));
  const settled = useSettled(form, 200);
  const asked = requestOf(settled, dataset, snapshot);
  const preview = useQuery({
    queryKey: ["queue_preview", asked?.filter, asked?.size, asked?.seed, asked?.blind, asked?.order, asked?.rubric, place.state.hands, dataset, snapshot],
    queryFn: () => call("queue_preview", asked!),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const create = useMutation({
    mutationFn: async () => call("queue_create", requestOf(form, dataset, snapshot)!),
    onSuccess: async (queue) => {
      await client.invalidateQueries({ queryKey: ["queues"] });
      void refresh();
      go("review", { queue: queue.queue });
    },
  });

  const slice = preview.data?.slice_samples ?? null;
  const unavailable =
    (person ? undefined : "choose who you are first") ??
    (form.hands === "gone" ? "the choice by hand is gone" : undefined) ??
    (form.name.trim() === "" ? "the queue has no name yet" : undefined) ??
    (preview.isError ? "the filter or the order cannot be used" : undefined) ??
    (slice === 0 ? "no sample matches" : undefined) ??
    prefixed("size: ", sizeProblem(form.size, slice)) ??
    prefixed("seed: ", seedProblem(form.seed)) ??
    (create.isPending ? "drawing…" : undefined);
  const draw = () => create.mutate();
  useCommands({ "queue.freeze": { run: draw, unavailable } });

  return (
    <div className={`view ${css.builder}`}>
      <header className={css.head}>
        <h1>New queue</h1>
        <p className="small t2">The list is drawn and frozen, with its seed, before anyone opens it.</p>
      </header>
      <FormFields form={form} onChange={(change) => setForm((now) => ({ ...now, ...change }))} preview={preview.data ?? null} fault={preview.isError ? preview.error : null} />
      <Outcome preview={preview.data ?? null} stale={preview.isPlaceholderData || preview.isError} size={asked?.size ?? 0} onSize={(size) => setForm((now) => ({ ...now, size: String(size) }))} />
      <footer className={css.acts}>
        {create.isError ? <span className={css.fault} role="alert">Not drawn: {faultWords(asFault(create.error, "drawing the queue"))} Nothing was written.</span> : <span className="t2">{asked ? `${counted(asked.size, "sample")} for one reviewer.` : ""}{unavailable ? ` Not yet: ${unavailable}.` : ""}</span>}
        <span className="gap" />
        <Button size="large" onPress={() => go("review", {})}>Cancel</Button>
        <Button kind="ink" size="large" keys="Ctrl Enter" unavailable={unavailable} onPress={draw}>Draw and freeze</Button>
      </footer>
    </div>
  );
}

function prefixed(prefix: string, problem: string | undefined): string | undefined {
  return problem && prefix + problem;
}
