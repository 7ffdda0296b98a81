/// Writing a return: signed where its author has a key, which asks for the passphrase unless it is unlocked already.
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { asFault, call, type PackInfo, type PackWritten } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { returnName } from "@/lib/pack_file";
import { report } from "@/lib/trouble";
import { useTrust } from "@/lib/trust";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import css from "./key_maker.module.css";

type Opened = Pick<PackInfo, "pack" | "queue_name" | "person">;

/** Asks where, and writes what was done in an opened pack so far; `null` when the dialog was dismissed. */
async function write({ pack, queue_name, person }: Opened, passphrase: string | null): Promise<PackWritten | null> {
  const picked = await call("pick_save", { title: "Write the return", purpose: "pack_file", name: returnName(queue_name, person) });
  return picked && call("pack_return", { pack, handle: picked.handle, passphrase });
}

/** What was written, as a line: `25 acts written to …, signed`. */
function writtenWords({ count, path, signed }: PackWritten): string {
  return `${counted(count, "act")} written to ${path}, ${signed ? "signed" : "not signed"}`;
}

export interface Returning {
  /** Begins: with a question where there is one to ask. */
  begin(pack: Opened): void;
  /** What was written last, in words. */
  written: string | null;
  problem: string | null;
  dialog: ReactNode;
}

export function useReturning(): Returning {
  const trust = useTrust();
  const [asked, setAsked] = useState<Opened | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const writing = useMutation({
    mutationFn: ({ pack, passphrase }: { pack: Opened; passphrase: string | null }) => write(pack, passphrase),
    onSuccess: (done) => {
      if (!done) return;
      setWritten(writtenWords(done));
      setAsked(null);
    },
  });
  const begin = async (pack: Opened) => {
    // Nothing is written unsigned because it was not known yet that there is a key.
    const known = trust.data ?? (await trust.refetch()).data;
    if (known?.has_key && !known.is_unlocked) setAsked(pack);
    else writing.mutate({ pack, passphrase: null });
  };
  const problem = writing.isError ? faultWords(asFault(writing.error, "Writing the return")) : null;
  return {
    begin: (pack) => {
      writing.reset();
      void begin(pack).catch(report("Writing the return"));
    },
    written, problem: asked ? null : problem,
    dialog: asked && <SignReturn busy={writing.isPending} problem={problem} onClose={() => setAsked(null)} onWrite={(passphrase) => writing.mutate({ pack: asked, passphrase })} />,
  };
}

function SignReturn({ busy, problem, onClose, onWrite }: { busy: boolean; problem: string | null; onClose(): void; onWrite(passphrase: string | null): void }) {
  const [passphrase, setPassphrase] = useState("");
  const wait = busy ? "being written" : undefined;
  const unavailable = wait ?? (passphrase === "" ? "needs your passphrase" : undefined);
  const sign = () => { if (!unavailable) onWrite(passphrase); };
  return (
    <Dialog
      title="Write the return" open onClose={onClose}
      foot={<><Button onPress={onClose}>Cancel</Button><Button unavailable={wait} onPress={() => onWrite(null)}>Write it unsigned…</Button><Button kind="ink" unavailable={unavailable} onPress={sign}>Sign and write…</Button></>}
    >
      <p>Signed, the return shows that it is from you. If the pack came with a signed head of its ledger, that head goes back with your signature too: nobody can rewrite what it covers without your key.</p>
      <Field label="Passphrase of your key" secret value={passphrase} onChange={setPassphrase} autoFocus onSubmit={sign} />
      {problem && <p role="alert" className={css.wrong}>Not written: {problem}</p>}
    </Dialog>
  );
}
