/// Choosing a contract: one of those that come with Assay, each with what it is for, or a file.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { faultPlace } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type BundledContract, type ContractInfo, type ContractRequest } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import css from "./gates.module.css";

async function picked(): Promise<ContractRequest | null> {
  const files = await call("pick_files", { title: "Choose a contract", purpose: "contract_file" });
  return files?.[0] ? { handle: files[0].handle, bundled: null } : null;
}

export interface ChooseContractProps {
  bundled: readonly BundledContract[];
  onChosen(info: ContractInfo): void;
}

export function ChooseContract({ bundled, onChosen }: ChooseContractProps) {
  const client = useQueryClient();
  const choosing = useMutation({
    mutationFn: async (id: string | null) => {
      const request = id === null ? await picked() : { handle: null, bundled: id };
      return request && call("contract_choose", request);
    },
    onSuccess: (info) => {
      if (!info) return;
      client.setQueryData(["contract"], info);
      // What was measured was measured against another contract.
      client.removeQueries({ queryKey: ["gates"], type: "inactive" });
      void client.resetQueries({ queryKey: ["gates"] });
      client.removeQueries({ queryKey: ["gates_asked"] });
      onChosen(info);
    },
  });
  const fault = choosing.isError ? asFault(choosing.error, "Choosing a contract") : null;
  const busy = choosing.isPending ? "being read" : undefined;
  return (
    <div className={css.choose}>
      <ul>
        {bundled.map((one) => (
          <li key={one.id}>
            <button type="button" disabled={choosing.isPending} onClick={() => choosing.mutate(one.id)}><b><Visible text={one.name} /></b><span>{one.purpose}</span><Icon name="right" /></button>
          </li>
        ))}
      </ul>
      {fault && <p role="alert" className={css.wrong}><Icon name="cross" /><span>Not chosen. {faultPlace(fault) && <Verbatim>{faultPlace(fault)}: </Verbatim>}{faultWords(fault)}</span></p>}
      <div className={css.chooseFile}>
        <Button unavailable={busy} onPress={() => choosing.mutate(null)}>Choose a file…</Button>
        <span className="small t2">A contract is a TOML file of limits. It is copied into the workspace; the file stays as it is.</span>
      </div>
    </div>
  );
}
