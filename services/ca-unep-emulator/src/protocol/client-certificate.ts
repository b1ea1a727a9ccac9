import type { TLSSocket } from 'node:tls';
import { OID, parseCertificate } from '@poligon/pki';
import type { FastifyRequest } from 'fastify';

/** The certificate the client proved over TLS, DER; undefined without TLS, without one, and for one that is not trusted here. */
export function clientCertificateOf(request: FastifyRequest): Buffer | undefined {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (socket.authorized !== true) return undefined;
  return socket.getPeerCertificate?.().raw;
}

export const hasClientCertificate = (request: FastifyRequest): boolean => clientCertificateOf(request) !== undefined;

/** Common name of that certificate. */
export function clientNameOf(request: FastifyRequest): string | undefined {
  const certificate = clientCertificateOf(request);
  return certificate === undefined ? undefined : parseCertificate(certificate).subject[OID.commonName];
}
