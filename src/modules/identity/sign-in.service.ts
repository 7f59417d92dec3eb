import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppUser } from './app-user.entity.js';
import type { AskPasswordLink, ChangePassword, Done, SetPassword, SignIn } from './auth.dto.js';
import { Auth } from './auth.js';
import { AuthBridge } from './auth-bridge.js';
import { UsersQueries } from './users.queries.js';

/** One request and its answer, whose cookies better-auth writes. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Signing in and out and the person's own password, by better-auth. */
@Injectable()
export class SignInService {
  constructor(
    private readonly bridge: AuthBridge,
    private readonly auth: Auth,
    private readonly users: UsersQueries,
  ) {}

  async signIn({ email, password, rememberMe }: SignIn, { request, reply }: Exchange): Promise<AppUser> {
    const body = { email, password, rememberMe: rememberMe ?? true };
    const { user } = await this.bridge.post<{ user: { id: string } }>('/sign-in/email', body, request, reply);
    return this.users.get(user.id);
  }

  async signOut({ request, reply }: Exchange): Promise<Done> {
    await this.bridge.post('/sign-out', {}, request, reply);
    return { ok: true };
  }

  async changePassword(input: ChangePassword, { request, reply }: Exchange): Promise<Done> {
    const body = { ...input, revokeOtherSessions: true };
    const { user } = await this.bridge.post<{ user: { id: string } }>('/change-password', body, request, reply);
    await this.auth.noteNewPassword(user.id);
    return { ok: true };
  }

  /** The answer is the same whether there is such an account or not. */
  async askPasswordLink({ email }: AskPasswordLink, { request, reply }: Exchange): Promise<Done> {
    await this.bridge.post('/request-password-reset', { email: email.toLowerCase() }, request, reply);
    return { ok: true };
  }

  async setPassword(input: SetPassword, { request, reply }: Exchange): Promise<Done> {
    await this.bridge.post('/reset-password', input, request, reply);
    return { ok: true };
  }
}
