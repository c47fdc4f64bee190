import type { Finding } from './finding.ts';
import type { ServerFacts } from './read-server-facts.ts';

/** The ChatML that llama-server takes where a model brings no template of its own, without white space. */
const standIn =
  "{%-formessageinmessages-%}{{-'<|im_start|>'+message.role+''+message.content+'<|im_end|>'-}}{%-endfor-%}{%-ifadd_generation_prompt-%}{{-'<|im_start|>assistant'-}}{%-endif-%}";

/** Whether the model says how a conversation is written down for it. Where that cannot be told, nothing is found. */
export function checkTemplate({ chatTemplate, header }: ServerFacts): Finding[] {
  if (chatTemplate === undefined) return [];
  const check = 'template';
  const isStandIn = chatTemplate.replaceAll(/\s|\\n/g, '') === standIn;
  if (!isStandIn || header?.chatTemplate === 'present')
    return [{ check, state: 'ok', message: 'the model has a chat template of its own' }];
  const hint =
    'Use a model that is made for chat (its name says "instruct"), or name its template with --chat-template-file if you know that it was made for one.';
  return [
    {
      check,
      state: 'warning',
      message: 'the model brings no chat template; the server takes ChatML, which it may not have been made for',
      hint,
    },
  ];
}

/** Whether what a reply repeats is written faster than what is new. A server that does not tell is not judged. */
export function checkDrafting({ drafting }: ServerFacts): Finding[] {
  if (drafting === undefined) return [];
  const check = 'drafts';
  if (drafting === 'on') return [{ check, state: 'ok', message: 'tokens are drafted ahead' }];
  const hint = 'Start it with --spec-type ngram-mod: code that was quoted before is then written several times faster.';
  return [{ check, state: 'ok', message: 'each token is written by itself', hint }];
}
