import { Module } from '@nestjs/common';
import { CONFIG, defineEmulator } from '@poligon/emulator-kit';
import { Population } from '@poligon/people';
import type { FastifyInstance } from 'fastify';
import { ClientCertificatesController } from './admin/client-certificates.controller.js';
import { ClientFile } from './admin/client-file.js';
import { ClientsController } from './admin/clients.controller.js';
import { ConsentsController } from './admin/consents.controller.js';
import { EsiaMetrics } from './admin/esia-metrics.js';
import { LoginsController } from './admin/logins.controller.js';
import { MintedTokensController } from './admin/minted-tokens.controller.js';
import { PersonSnapshotsController } from './admin/person-snapshots.controller.js';
import { PersonsController } from './admin/persons.controller.js';
import { SessionsController } from './admin/sessions.controller.js';
import { TokenCertificateController } from './admin/token-certificate.controller.js';
import { TokenKeysController } from './admin/token-keys.controller.js';
import { TokensController } from './admin/tokens.controller.js';
import { esiaSettings, type EsiaConfig } from './config.js';
import { esiaFaults } from './faults/esia-faults.js';
import { Accounts } from './protocol/accounts.js';
import { AcController } from './protocol/authorization/ac.controller.js';
import { authorizationSteps } from './protocol/authorization/authorization-steps.js';
import { AuthorizationService } from './protocol/authorization/authorization.service.js';
import { V1AcController } from './protocol/authorization/v1-ac.controller.js';
import { signedCallSteps } from './protocol/calls/signed-call-steps.js';
import { esiaErrors } from './protocol/errors.js';
import { AutomaticLogin } from './protocol/login/automatic-login.js';
import { CodeIssuer } from './protocol/login/code-issuer.js';
import { ConsentRule } from './protocol/login/consent-rule.js';
import { ConsentController } from './protocol/login/consent.controller.js';
import { LoginFlow } from './protocol/login/login-flow.js';
import { LoginForm } from './protocol/login/login-form.js';
import { LoginController } from './protocol/login/login.controller.js';
import { LogoutController } from './protocol/login/logout.controller.js';
import { PendingLogins } from './protocol/login/pending-logins.js';
import { RoleChoice } from './protocol/login/role-choice.js';
import { SsoSessions } from './protocol/login/sso-sessions.js';
import { UserChecks } from './protocol/login/user-checks.js';
import { parseForm } from './protocol/parameters.codec.js';
import { PersonDirectory } from './protocol/person-directory.js';
import { PublicBase } from './protocol/public-base.js';
import { OidcController } from './protocol/oidc/oidc.controller.js';
import { CertificatesController } from './protocol/public/certificates.controller.js';
import { RootController } from './protocol/public/root.controller.js';
import { Access } from './protocol/rest/access.js';
import { AddrsController } from './protocol/rest/addrs.controller.js';
import { CttsController } from './protocol/rest/ctts.controller.js';
import { DocsController } from './protocol/rest/docs.controller.js';
import { KidDocuments } from './protocol/rest/kid-documents.js';
import { Memberships } from './protocol/rest/memberships.js';
import { MembershipsController } from './protocol/rest/memberships.controller.js';
import { Organisations } from './protocol/rest/organisations.js';
import { OrgsController } from './protocol/rest/orgs.controller.js';
import { KidsController } from './protocol/rest/kids.controller.js';
import { PersonCollections } from './protocol/rest/person-collections.js';
import { PrnsController } from './protocol/rest/prns.controller.js';
import { VhlsController } from './protocol/rest/vhls.controller.js';
import { Revocations } from './protocol/revocations.js';
import { SystemRights } from './protocol/token/system-rights.js';
import { SystemTokenResponse } from './protocol/token/system-token-response.js';
import { TeController } from './protocol/token/te.controller.js';
import { TokenResponse } from './protocol/token/token-response.js';
import { TokenSigner } from './protocol/token/token-signer.js';
import { V1TeController } from './protocol/token/v1-te.controller.js';
import { TokenVerifier } from './protocol/token-verifier.js';
import { tokenSteps } from './protocol/token/token-steps.js';
import { TokenService } from './protocol/token/token.service.js';
import { TokenKeys } from './protocol/token-keys.js';
import { tolerateSlashes } from './protocol/tolerant-path.js';
import { ClientStore } from './state/client.store.js';
import { CodeStore } from './state/code.store.js';
import { ConsentStore } from './state/consent.store.js';
import { LoginRuleStore } from './state/login-rule.store.js';
import { KeptClientStore } from './state/kept-client.store.js';
import { KeptCodeStore } from './state/kept-code.store.js';
import { KeptConsentStore } from './state/kept-consent.store.js';
import { KeptLoginRuleStore } from './state/kept-login-rule.store.js';
import { KeptOrgAccessStore } from './state/kept-org-access.store.js';
import { KeptPendingLoginStore } from './state/kept-pending-login.store.js';
import { KeptPermissionStore } from './state/kept-permission.store.js';
import { KeptPersonEditStore } from './state/kept-person-edit.store.js';
import { KeptPersonSnapshotStore } from './state/kept-person-snapshot.store.js';
import { KeptRefreshTokenStore } from './state/kept-refresh-token.store.js';
import { KeptRevocationStore } from './state/kept-revocation.store.js';
import { KeptSessionStore } from './state/kept-session.store.js';
import { OrgAccessStore } from './state/org-access.store.js';
import { PendingLoginStore } from './state/pending-login.store.js';
import { PermissionStore } from './state/permission.store.js';
import { PersonEditStore } from './state/person-edit.store.js';
import { PersonSnapshotStore } from './state/person-snapshot.store.js';
import { RefreshTokenStore } from './state/refresh-token.store.js';
import { RevocationStore } from './state/revocation.store.js';
import { SessionStore } from './state/session.store.js';
import { KeptTokenKeyStore } from './state/kept-token-key.store.js';
import { STORE_LIMITS } from './state/store-limits.js';
import { TokenKeyStore } from './state/token-key.store.js';

const stores = [
  { provide: STORE_LIMITS, useExisting: CONFIG },
  { provide: ClientStore, useClass: KeptClientStore },
  { provide: PendingLoginStore, useClass: KeptPendingLoginStore },
  { provide: CodeStore, useClass: KeptCodeStore },
  { provide: SessionStore, useClass: KeptSessionStore },
  { provide: RefreshTokenStore, useClass: KeptRefreshTokenStore },
  { provide: ConsentStore, useClass: KeptConsentStore },
  { provide: OrgAccessStore, useClass: KeptOrgAccessStore },
  { provide: PermissionStore, useClass: KeptPermissionStore },
  { provide: PersonEditStore, useClass: KeptPersonEditStore },
  { provide: PersonSnapshotStore, useClass: KeptPersonSnapshotStore },
  { provide: TokenKeyStore, useClass: KeptTokenKeyStore },
  { provide: RevocationStore, useClass: KeptRevocationStore },
  { provide: LoginRuleStore, useClass: KeptLoginRuleStore },
];

const login = [
  AutomaticLogin,
  CodeIssuer,
  ConsentRule,
  LoginFlow,
  LoginForm,
  PendingLogins,
  RoleChoice,
  SsoSessions,
  UserChecks,
];

@Module({
  controllers: [
    AcController,
    V1AcController,
    LoginController,
    ConsentController,
    LogoutController,
    TeController,
    V1TeController,
    PrnsController,
    CttsController,
    AddrsController,
    DocsController,
    VhlsController,
    KidsController,
    MembershipsController,
    OrgsController,
    OidcController,
    RootController,
    CertificatesController,
  ],
  providers: [
    ...stores,
    ...esiaFaults,
    ...signedCallSteps,
    ...authorizationSteps,
    ...tokenSteps,
    ...login,
    Access,
    Accounts,
    AuthorizationService,
    ClientFile,
    EsiaMetrics,
    KidDocuments,
    Memberships,
    Organisations,
    PersonCollections,
    PersonDirectory,
    PublicBase,
    Revocations,
    SystemRights,
    SystemTokenResponse,
    TokenKeys,
    TokenResponse,
    TokenService,
    TokenSigner,
    TokenVerifier,
  ],
})
class EsiaModule {}

/** What the listener needs beside routes: forms, tolerance for slashes, and the people for naming subjects of calls. */
function prepareListener(fastify: FastifyInstance, { populationSeed }: EsiaConfig): void {
  fastify.decorate('people', new Population({ seed: populationSeed }));
  fastify.server.prependListener('request', tolerateSlashes);
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, parseForm(body as Buffer)),
  );
}

export const esiaStub = defineEmulator({
  name: 'esia-stub',
  settings: esiaSettings,
  module: () => EsiaModule,
  catalogues: [esiaErrors],
  admin: {
    controllers: [
      ClientsController,
      ClientCertificatesController,
      ConsentsController,
      LoginsController,
      MintedTokensController,
      PersonSnapshotsController,
      PersonsController,
      SessionsController,
      TokenCertificateController,
      TokenKeysController,
      TokensController,
    ],
    uses: [
      ClientStore,
      ConsentStore,
      LoginRuleStore,
      PermissionStore,
      PersonDirectory,
      PersonEditStore,
      PersonSnapshotStore,
      RefreshTokenStore,
      Revocations,
      SessionStore,
      TokenKeys,
      TokenResponse,
      TokenVerifier,
    ],
  },
  http: prepareListener,
  faultsFolder: new URL('./faults/', import.meta.url),
});
