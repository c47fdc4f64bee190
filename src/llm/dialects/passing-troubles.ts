/** What servers say, with any status, about a model that is unavailable now but will be available when asked again. */
const words: readonly RegExp[] = [
  // LM Studio.
  /\bmodel (?:is|was|has been|got) (?:currently |just )?(?:unloaded|not loaded|unloading|swapped|evicted)/i,
  /\bmodel has crashed|model (?:process|runner|worker)?\s?(?:has |was )?(?:crashed|terminated|exited|stopped unexpectedly)/i,
  /\bfailed to load (?:the )?(?:model|llm)|\berror loading model|\bmodel failed to load|\bcould not load (?:the )?model/i,
  /\bno models? (?:is |are |has been |have been )?(?:currently )?loaded/i,
  /^channel error\b|\boperation cancel/i,
  // llama-server, its router, llama-swap, TabbyAPI, text-generation-webui.
  /\b(?:still |is |currently )?loading (?:the )?model|model (?:is |is still |is currently )(?:being )?(?:loading|loaded|initiali[sz]ing|starting|warming)/i,
  /\bmodel (?:is )?not (?:yet )?(?:loaded|ready|available yet)|\bmodel unavailable|\bnot ready yet/i,
  /\bupstream (?:command|process|server)[^.]{0,40}(?:exited|failed|died|not ready|unavailable)|\bprocess exited|\bhealth check (?:failed|timed out)/i,
  /\b(?:unable|failed) to (?:start|swap|spawn|load|get) (?:the )?(?:process|model|upstream|instance)/i,
  // Ollama.
  /\brunner process (?:has )?(?:terminated|no longer running|exited)|\bmodel runner has unexpectedly stopped|\bserver busy\b/i,
  // vLLM, TGI, SGLang, mistral.rs.
  /\benginedead|\bengine (?:loop )?(?:is )?(?:dead|not running|died)|\bmodel is overloaded|\bno available (?:workers?|slots?|capacity)|\bno slot/i,
  // Gateways.
  /\b(?:temporarily|currently) (?:unavailable|overloaded|busy)|\btry again (?:later|in|shortly|soon)|\bupstream (?:connect|request) (?:error|timeout)/i,
];

/** Statuses of passing troubles. All others from 500 on pass, too, except those for what a server does not support at all. */
const statuses: ReadonlySet<number> = new Set([408, 409, 423, 425, 429, 499]);
const never: ReadonlySet<number> = new Set([501, 505]);

export function passes({ status, said }: { status: number | undefined; said: string }): boolean {
  if (words.some((row) => row.test(said.slice(0, 2000)))) return true;
  return status === undefined || statuses.has(status) || (status >= 500 && !never.has(status));
}
