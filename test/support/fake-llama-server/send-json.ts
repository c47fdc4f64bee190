import type { ServerResponse } from 'node:http';
import { RequestError } from './chat-call.ts';

export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, JSON.stringify(value), {});
}

/** The real server closes the connection after an error. */
export function sendError(response: ServerResponse, error: RequestError): void {
  send(response, error.status, JSON.stringify(errorJson(error)), { Connection: 'close' });
}

export function errorJson(error: RequestError): { error: Record<string, unknown> } {
  return { error: { code: error.status, message: error.message, type: error.type, ...error.details } };
}

export function send(response: ServerResponse, status: number, body: string, headers: Record<string, string>): void {
  const length = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { Server: 'llama.cpp', ...length, ...headers });
  response.end(body);
}

const ERROR_TYPES: Readonly<Record<number, [type: string, message: string]>> = {
  400: ['invalid_request_error', 'The request is not valid'],
  401: ['authentication_error', 'Invalid API Key'],
  403: ['permission_error', 'Not allowed'],
  404: ['not_found_error', 'File Not Found'],
  429: ['rate_limit_error', 'Too many requests'],
  501: ['not_supported_error', 'This server does not support this'],
  503: ['unavailable_error', 'Loading model'],
};

/** The error that the real server sends with this status. */
export function errorOfStatus(status: number): RequestError {
  const [type, message] = ERROR_TYPES[status] ?? ['server_error', 'Compute error.'];
  return new RequestError(status, type, message);
}
