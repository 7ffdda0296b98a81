/// Makes a pack of a queue for one person: who, what it holds, what it never holds, and where it is written.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type PackInfo, type PackWritten } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted, date } from "@/lib/format";
import { packName } from "@/lib/pack_file";
import { usePlaceState } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./packs.module.css";
import { type Recipient, RecipientFields, recipientProblem } from "./recipient";

export interface MakeDialogProps {
  /** The queue to begin with; none where empty. */
  queue: string;
  packs: readonly PackInfo[];
  onClose(): void;
}

export function MakeDialog({ queue: first, packs, onClose }: MakeDialogProps) {
  const { workspace } = useSession();
  const [named, setNamed] = usePlaceState("person");
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => call("queues"), staleTime: 0 });
  const [chosen, setChosen] = useState(first);
  const [recipient, setRecipient] = useState<Recipient>({ name: named ?? "", fresh: false, role: "expert" });
  const queue = queues.data?.find((one) => one.queue === chosen);
  const issued = packs.find((pack) => pack.issued && pack.queue === chosen && pack.person === recipient.name);
  const issue = useIssue();
  const unavailable =
    (queue ? undefined : "choose a queue") ?? recipientProblem(recipient, workspace?.people ?? []) ?? (issue.isPending ? "being written" : undefined);
  const close = () => {
    setNamed(undefined);
    onClose();
  };
  if (issue.data) return <Written written={issue.data} person={recipient.name} onClose={close} />;
  return (
    <Dialog
      title="Make a pack" open wide onClose={close}
      foot={
        <>
          {issue.isError ? <p className={css.failed} role="alert">Not written: {faultWords(asFault(issue.error, "making the pack"))}</p> : <p className={css.whyNot}>{unavailable && `Not yet: ${unavailable}.`}</p>}
          <Button size="large" onPress={close}>Cancel</Button>
          <Button kind="ink" size="large" unavailable={unavailable} onPress={() => queue && issue.mutate({ queue: queue.queue, name: queue.name, recipient })}>Write the pack…</Button>
        </>
      }
    >
      <div className={css.form}>
        <Select label="Queue" value={chosen || null} placeholder="Choose a queue…" options={(queues.data ?? []).map((one) => ({ value: one.queue, label: one.name, note: counted(one.size, "sample") }))} onChange={setChosen} />
        <RecipientFields value={recipient} onChange={setRecipient} />
        {issued && <p className={css.note}>A pack of this queue went to <Verbatim>{issued.person}</Verbatim> on {date(issued.at)}. Unless the queue asks a later rubric by now, the same is written again.</p>}
        <Holds samples={queue?.size} rubric={queue?.rubric} />
      </div>
    </Dialog>
  );
}

function Holds({ samples, rubric }: { samples: number | undefined; rubric: string | undefined }) {
  return (
    <dl className={css.holds}>
      <div><dt>It holds</dt><dd>the text of {samples === undefined ? "its samples" : counted(samples, "sample")} in their frozen order, where each comes from, the rubric{rubric && <> <Verbatim>{rubric}</Verbatim></>}, whom it is for, and the length and root of this ledger.</dd></div>
      <div><dt>It never holds</dt><dd>an answer, a note or a count of any other reviewer.</dd></div>
      <div><dt>While it is out</dt><dd>its recipient answers this queue there and nowhere else.</dd></div>
    </dl>
  );
}

function Written({ written, person, onClose }: { written: PackWritten; person: string; onClose(): void }) {
  return (
    <Dialog title="Pack written" open wide onClose={onClose} foot={<Button kind="ink" size="large" autoFocus onPress={onClose}>Done</Button>}>
      <p role="status">{counted(written.count, "sample")} for <Verbatim>{person}</Verbatim>:</p>
      <p className={css.file}><Verbatim>{written.path}</Verbatim></p>
      <p className={css.note}>It is not encrypted: whoever has the file can read the samples. Bring it to <Verbatim>{person}</Verbatim> as you would bring the data itself. Drop the return on this window when it comes back.</p>
    </Dialog>
  );
}

/** Asks where, adds the recipient where nobody is called so yet, and writes the pack. */
function useIssue() {
  const client = useQueryClient();
  const { person, adopt, refresh } = useSession();
  // The same id until it is written: trying again issues no second pack.
  const entry = useRef(newEntryId());
  return useMutation({
    mutationFn: async ({ queue, name, recipient }: { queue: string; name: string; recipient: Recipient }) => {
      const to = recipient.name.trim();
      const picked = await call("pick_save", { title: "Write the pack", purpose: "pack_file", name: packName(name, to) });
      if (!picked) return null;
      if (recipient.fresh) {
        await call("person_add", { name: to, role: recipient.role });
        // Adding someone also puts them at the keyboard.
        if (person) adopt(await call("person_choose", { name: person.name, role: person.role }));
      }
      return call("pack_issue", { queue, recipient: to, handle: picked.handle, entry: entry.current });
    },
    onSuccess: async (written) => {
      if (!written) return;
      entry.current = newEntryId();
      await Promise.all([client.invalidateQueries({ queryKey: ["packs"] }), client.invalidateQueries({ queryKey: ["activity_page"] })]);
      void refresh();
    },
  });
}
