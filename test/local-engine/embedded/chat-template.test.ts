import { describe, expect, it } from 'vitest';
import type { TemplateMessage } from '../../../src/local-engine/embedded/chat-request.ts';
import { ChatTemplate } from '../../../src/local-engine/embedded/chat-template.ts';
import { compileTemplate } from '../../../src/local-engine/embedded/native-library.ts';
import { ServerError } from '../../../src/local-engine/embedded/server-error.ts';

function template(source: string | undefined, beginTokenFrom: 'tokenizer' | 'template' = 'template'): ChatTemplate {
  return new ChatTemplate({
    source,
    compile: compileTemplate,
    bosToken: '<s>',
    eosToken: '</s>',
    beginTokenFrom,
    now: () => new Date(2026, 10, 5),
  });
}

const loop = (body: string) => `{{ bos_token }}{% for m in messages %}${body}{% endfor %}{% if add_generation_prompt %}A:{% endif %}`;
const plain = loop("{{ m['role'][0] }}:{{ m['content'] }}\n");
const noSystem = loop(
  "{% if m['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}{{ m['role'][0] }}:{{ m['content'] }}\n",
);
const silentSystem = loop("{% if m['role'] != 'system' %}{{ m['role'][0] }}:{{ m['content'] }}\n{% endif %}");

const system: TemplateMessage = { role: 'system', content: 'be good' };
const user: TemplateMessage = { role: 'user', content: 'hello' };
const assistant: TemplateMessage = { role: 'assistant', content: 'I am \n' };

describe('a chat template', () => {
  it.each([
    { name: 'ends where the reply begins', source: plain, messages: [system, user], text: '<s>s:be good\nu:hello\nA:' },
    { name: 'leaves a last assistant message open', source: plain, messages: [user, assistant], text: '<s>u:hello\nA:I am \n' },
    {
      name: 'asks for a reply when the message to continue is empty',
      source: plain,
      messages: [user, { role: 'assistant' as const, content: '' }],
      text: '<s>u:hello\nA:',
    },
    {
      name: 'moves a system message that it refuses into the next one',
      source: noSystem,
      messages: [system, user],
      text: '<s>u:be good\nhello\nA:',
    },
    { name: 'moves a system message that it would drop', source: silentSystem, messages: [system, user], text: '<s>u:be good\nhello\nA:' },
    {
      name: 'is ChatML when the model has none',
      source: undefined,
      messages: [user],
      text: '<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n',
    },
    { name: 'knows the date', source: '{{ date_string }} | {{ datetime }}', messages: [user], text: '05 Nov 2026 | Nov 05 2026' },
  ])('$name', ({ source, messages, text }) => {
    expect(template(source).render(messages)).toBe(text);
  });

  it('does not repeat the begin token that the tokenizer adds', () => {
    expect(template(plain, 'tokenizer').render([user])).toBe('u:hello\nA:');
  });

  it('keeps whitespace and template syntax inside messages as they are', () => {
    expect(template(plain).render([{ role: 'user', content: ' {{ x }} {% if %} \n' }])).toBe('<s>u: {{ x }} {% if %} \n\nA:');
  });

  it('takes variables of the request', () => {
    expect(template('{{ enable_thinking }}').render([user])).toMatch(/false/i);
    expect(template('{{ enable_thinking }}').render([user], { enable_thinking: true })).toMatch(/true/i);
  });

  it('answers with its own words when it refuses messages', () => {
    const strict = template(loop("{% if m['role'] == 'assistant' %}{{ raise_exception('roles must alternate') }}{% endif %}"));
    const render = () => strict.render([user, assistant, user]);
    expect(render).toThrow(ServerError);
    expect(render).toThrow(/roles must alternate/);
  });
});
