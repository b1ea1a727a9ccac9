import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

/** The certificate the client proved over TLS, DER; undefined without TLS, without one, and for one that is not trusted here. */
export function clientCertificateOf(request: FastifyRequest): Buffer | undefined {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (socket.authorized !== true) return undefined;
  return socket.getPeerCertificate?.().raw;
}

export const hasClientCertificate = (request: FastifyRequest): boolean => clientCertificateOf(request) !== undefined;
