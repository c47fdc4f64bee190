import type { AnswerMeaning, ToldAnswer } from '../../chat/classify-model-error.ts';
import { valueAt, parseJson } from '../../../utils/parse-json.ts';

/** What Azure alone answers. */
export function azureAnswers(name: string): readonly AnswerMeaning[] {
  return [filtered, missingDeployment(name), missingPath(name)];
}

/** A request whose prompt its content filter refuses. Asking again is refused again. */
function filtered({ answer, said, who, status }: ToldAnswer): ReturnType<AnswerMeaning> {
  if (!answer.names.includes('content_filter') && !answer.names.includes('ResponsibleAIPolicyViolation')) return undefined;
  const kinds = filteredKinds(parseJson(answer.whole));
  return {
    kind: 'refused',
    code: 'provider.filtered',
    message: `The content filter of ${who.replace(/^The/, 'the')} refuses the prompt${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}${status}: ${said}`,
    hint: 'Change what the prompt says, or the filter of the deployment. Another model goes on with what is there: multiagent resume --model <name>.',
  };
}

/** The kinds of content that it names as the reason. */
function filteredKinds(body: unknown): string[] {
  const result = valueAt(body, ['error', 'innererror', 'content_filter_result']);
  if (typeof result !== 'object' || result === null) return [];
  const found = Object.entries(result).filter(([, verdict]) => valueAt(verdict, ['filtered']) === true);
  return found.slice(0, 10).map(([kind]) => kind.replaceAll(/[^\w]/g, ' ').slice(0, 30));
}

function missingDeployment(name: string): AnswerMeaning {
  return ({ answer, said, who }) =>
    answer.names.includes('DeploymentNotFound')
      ? {
          kind: 'configuration',
          code: 'provider.no_deployment',
          message: `${who} has no such deployment: ${said}`,
          hint: `Name a deployment of that resource as model of providers.${name}, or as --model ${name}/<deployment>; one that was just made takes some minutes.`,
        }
      : undefined;
}

/** Azure knows the resource, and not what was asked of it. */
function missingPath(name: string): AnswerMeaning {
  return ({ answer, said, who }) =>
    answer.status === 404
      ? {
          kind: 'configuration',
          code: 'model.not_found',
          message: `${who} does not know this address or version of its API (${said}).`,
          hint: `Check base_url (https://<resource>.openai.azure.com) and api_version of providers.${name}.`,
        }
      : undefined;
}
