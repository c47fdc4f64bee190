import type { Finding } from './finding.ts';
import type { ServerFacts } from './read-server-facts.ts';

/** The ChatML template that llama-server uses for a model without its own, with white space removed. */
const standIn =
  "{%-formessageinmessages-%}{{-'<|im_start|>'+message.role+''+message.content+'<|im_end|>'-}}{%-endfor-%}{%-ifadd_generation_prompt-%}{{-'<|im_start|>assistant'-}}{%-endif-%}";

/** Whether the model brings its own chat template. Returns nothing where that is unknown. */
export function checkTemplate({ chatTemplate, header }: ServerFacts): Finding[] {
  if (chatTemplate === undefined) return [];
  const check = 'template';
  const isStandIn = chatTemplate.replaceAll(/\s|\\n/g, '') === standIn;
  if (!isStandIn || header?.chatTemplate === 'present')
    return [{ check, state: 'ok', message: 'the model has a chat template of its own' }];
  const hint =
    'Use a model made for chat (its name says "instruct"), or, if you know the template it was trained with, name that with --chat-template-file.';
  return [
    {
      check,
      state: 'warning',
      message: 'the model brings no chat template; the server uses ChatML, which the model may not have been trained with',
      hint,
    },
  ];
}

/** Whether the server drafts tokens ahead, so that repeated text is written faster. Returns nothing where the server does not say. */
export function checkDrafting({ drafting }: ServerFacts): Finding[] {
  if (drafting === undefined) return [];
  const check = 'drafts';
  if (drafting === 'on') return [{ check, state: 'ok', message: 'tokens are drafted ahead' }];
  const hint = 'Start it with --spec-type ngram-mod: it then writes code that it repeats several times faster.';
  return [{ check, state: 'ok', message: 'each token is written by itself', hint }];
}
