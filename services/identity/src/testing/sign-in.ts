import type { Viewer } from '@atende/service';
import { decodeJwt } from 'jose';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import type { TestIdentity } from './identity.ts';

const PAYLOAD = `accessToken refreshToken expiresAt mustChangePassword errors { code field message }
  viewer { roles permissions person { name email } contacts { name email organization { code } } analyst { name level groups { code } } }`;
export const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { ${PAYLOAD} } }`;
export const REFRESH = `mutation ($token: String!) { refreshSession(refreshToken: $token) { ${PAYLOAD} } }`;
export const ACTIVATE =
  'mutation ($token: String!, $password: String!) { activateAccount(input: { token: $token, newPassword: $password }) { errors { code field } } }';

/** What a person does at the door. */
export const doorOf = (identity: () => TestIdentity) => ({
  signIn: async (email: string, password = DEMO_PASSWORD) => (await identity().anybody(SIGN_IN, { email, password })).data.signIn,
  refresh: async (token: string) => (await identity().anybody(REFRESH, { token })).data.refreshSession,
  activate: async (token: string | undefined, password: string) =>
    (await identity().anybody(ACTIVATE, { token, password })).data.activateAccount.errors,
});

/** Whom an access token stands for. */
export const viewerIn = (accessToken: string): Viewer => decodeJwt(accessToken).viewer as Viewer;
