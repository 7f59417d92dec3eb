import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { On } from '../../platform/events/events.js';
import { ConsentWithdrawn, ContactBounced } from '../directory/directory.events.js';
import { LeadReassigned, ObstacleAnswered } from '../leads/leads.events.js';
import type { MessageDraft } from './message-draft.rules.js';
import { MessagesService } from './messages.service.js';

interface OwnedLead {
  leadId: string;
  ownerId: string;
}

/** What has to happen to mails at once when something changes below. */
@Injectable()
export class MessagingListeners {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly messages: MessagesService,
  ) {}

  /** Refusal stops promotion at once; the officers learn it when the person said so on a page of ours. */
  @On(ConsentWithdrawn)
  async stopPromotion({ contactId }: ConsentWithdrawn): Promise<void> {
    await this.messages.cancel({ contactIds: [contactId], purpose: 'promotion' }, 'opted_out');
    if (currentActor()?.kind === 'investor') await this.tellOwners(contactId);
  }

  @On(ContactBounced)
  async stopAll({ contactId }: ContactBounced): Promise<void> {
    await this.messages.cancel({ contactIds: [contactId] }, 'bounced_address');
  }

  /** Nobody is told what they did themselves. */
  @On(LeadReassigned)
  async tellNewOwner({ leadId, from, to }: LeadReassigned): Promise<void> {
    if (currentActor()?.id === to) return;
    const [previous] = from
      ? await this.db.query<{ name: string }>(`SELECT name FROM app_user WHERE id = $1`, [from])
      : [];
    const key = `lead-handed-over:${leadId}:${to}:${this.clock.now().toISOString()}`;
    const facts = previous && { previousOwner: previous };
    await this.messages.create([
      { dedupeKey: key, templateCode: 'officer-lead-handed-over', userId: to, leadId, facts },
    ]);
  }

  /** The investor reads the answer to what it raised. */
  @On(ObstacleAnswered)
  async tellAnswer({
    obstacleId,
    leadId,
    contactId,
    title,
    answer,
    version,
  }: ObstacleAnswered): Promise<void> {
    const dedupeKey = `obstacle-answered:${obstacleId}:${version}`;
    const facts = { obstacle: { title, answer } };
    await this.messages.create([{ dedupeKey, templateCode: 'obstacle-answered', contactId, leadId, facts }]);
  }

  /** Each owner once, about the lead that moved last. */
  private async tellOwners(contactId: string): Promise<void> {
    const leads = await this.db.query<OwnedLead>(
      `SELECT DISTINCT ON (owner_id) id AS "leadId", owner_id AS "ownerId" FROM lead
        WHERE primary_contact_id = $1 AND owner_id IS NOT NULL AND stage NOT IN ('lost') ORDER BY owner_id, last_activity_at DESC`,
      [contactId],
    );
    const drafts = leads.map(({ leadId, ownerId }): MessageDraft => {
      const dedupeKey = `opted-out:${contactId}:${ownerId}:${this.clock.now().toISOString()}`;
      return { dedupeKey, templateCode: 'officer-investor-opted-out', userId: ownerId, contactId, leadId };
    });
    await this.messages.create(drafts);
  }
}
