import type { Schema } from './platform/database/database.module.js';
import { IdempotencyKey } from './platform/http/idempotency.entity.js';
import { StoredFile } from './platform/files/stored-file.entity.js';
import { Files1764000000150 } from './migrations/1764000000150-files.js';
import { AuditEntry } from './platform/database/audit.entity.js';
import { Meeting } from './modules/meetings/meeting.entity.js';
import { OfficerAbsence, OfficerHours } from './modules/meetings/hours/officer-hours.entity.js';
import { Meetings1764000000190 } from './migrations/1764000000190-meetings.js';
import { Message, MessageAnswer } from './modules/messaging/message.entity.js';
import { Template, TemplateText } from './modules/messaging/templates/template.entity.js';
import { Messaging1764000000040 } from './migrations/1764000000040-messaging.js';
import { PlanningDistrict } from './modules/directory/planning-district.entity.js';
import { Commune } from './modules/directory/commune.entity.js';
import { Cluster } from './modules/directory/cluster.entity.js';
import { ClusterCommune } from './modules/directory/cluster-commune.entity.js';
import { ClusterStatusChange } from './modules/directory/cluster-status-change.entity.js';
import { ClusterMilestone } from './modules/directory/land/cluster-milestone.entity.js';
import { ClusterFact } from './modules/directory/cluster-fact.entity.js';
import { ClusterAccess } from './modules/directory/land/cluster-access.entity.js';
import { ClusterUtility } from './modules/directory/land/cluster-utility.entity.js';
import { ClusterDocument } from './modules/directory/land/cluster-document.entity.js';
import { Incentive } from './modules/directory/land/incentive.entity.js';
import { Agency } from './modules/directory/agency/agency.entity.js';
import { Land1764000000160 } from './migrations/1764000000160-land.js';
import { Target } from './modules/directory/targets/target.entity.js';
import { TargetValue } from './modules/directory/targets/target-value.entity.js';
import { PlanFigure } from './modules/directory/plan-figure.entity.js';
import { Firm } from './modules/directory/firm.entity.js';
import { Contact } from './modules/directory/contact.entity.js';
import { Consent } from './modules/directory/consent.entity.js';
import { Directory1764000000020 } from './migrations/1764000000020-directory.js';
import { FollowUpPlan, FollowUpPlanVersion } from './modules/follow-up/follow-up-plan.entity.js';
import { FollowUpSequence } from './modules/follow-up/follow-up-sequence.entity.js';
import { FollowUpStep } from './modules/follow-up/follow-up-step.entity.js';
import { Reminder } from './modules/follow-up/reminder.entity.js';
import { FollowUp1764000000050 } from './migrations/1764000000050-follow-up.js';
import { Participation, ParticipationCluster } from './modules/promotion/participation.entity.js';
import { PromotionEvent } from './modules/promotion/promotion-event.entity.js';
import { PromotionRound, PromotionRoundCluster } from './modules/promotion/promotion-round.entity.js';
import { Promotion1764000000060 } from './migrations/1764000000060-promotion.js';
import { CalendarException } from './platform/calendar/calendar-exception.entity.js';
import { ApiKey } from './modules/identity/api-key.entity.js';
import { AppUser } from './modules/identity/app-user.entity.js';
import {
  SignInLimit,
  UserAccount,
  UserSession,
  UserVerification,
} from './modules/identity/sign-in.entity.js';
import { Identity1764000000010 } from './migrations/1764000000010-identity.js';
import { Enquiry } from './modules/portal/enquiry/enquiry.entity.js';
import { UnconfirmedEnquiry } from './modules/portal/enquiry/unconfirmed-enquiry.entity.js';
import { EnquiryForm1764000000170 } from './migrations/1764000000170-enquiry-form.js';
import { FollowUpException } from './modules/follow-up/follow-up-exception.entity.js';
import { FollowUpException1764000000080 } from './migrations/1764000000080-follow-up-exception.js';
import { PromotionMailByAddress1764000000100 } from './migrations/1764000000100-promotion-mail-by-address.js';
import { Portal1764000000070 } from './migrations/1764000000070-portal.js';
import { Platform1764000000000 } from './migrations/1764000000000-platform.js';
import { Calendar1764000000001 } from './migrations/1764000000001-calendar.js';
import { Live1764000000090 } from './migrations/1764000000090-live.js';
import { Desk1764000000110 } from './migrations/1764000000110-desk.js';
import { ReportFeed } from './modules/report-delivery/report-feed.entity.js';
import { SavedView } from './modules/desk/saved-view.entity.js';
import { SavedViews1764000000120 } from './migrations/1764000000120-saved-views.js';
import { ConsentByAddress1764000000130 } from './migrations/1764000000130-consent-by-address.js';
import { ConsentState1764000000140 } from './migrations/1764000000140-consent-state.js';
import { Activity } from './modules/leads/activity.entity.js';
import { LeadCluster, LeadHelper, LeadPartner } from './modules/leads/lead-links.entity.js';
import { LeadStageChange } from './modules/leads/lead-stage-change.entity.js';
import { LeadCell, LeadVersion, ReportZone } from './modules/leads/roll-up/lead-version.entity.js';
import { ReportFeeds1764000000240 } from './migrations/1764000000240-report-feeds.js';
import { LeadVersions1764000000230 } from './migrations/1764000000230-lead-versions.js';
import { Lead } from './modules/leads/lead.entity.js';
import { LeadDocument } from './modules/leads/documents/lead-document.entity.js';
import { Obstacle } from './modules/leads/obstacles/obstacle.entity.js';
import { CaseEmailChange, CaseLink, CaseSession, InvestorCase } from './modules/portal/case/case.entity.js';
import { Case1764000000200 } from './migrations/1764000000200-case.js';
import { Pipeline, PipelineStage } from './modules/leads/pipelines/pipeline.entity.js';
import { TimelineEntry } from './modules/leads/timeline/timeline-entry.entity.js';
import { InboundAttachment, InboundMail, InboxMailbox } from './modules/inbox/inbound-mail.entity.js';
import { Inbox1764000000210 } from './migrations/1764000000210-inbox.js';
import { Leads1764000000030 } from './migrations/1764000000030-leads.js';
import { DataRequest } from './modules/privacy/data-request.entity.js';
import { MailPreference } from './modules/messaging/preferences/mail-preference.entity.js';
import { MailPreferences1764000000180 } from './migrations/1764000000180-mail-preferences.js';
import { Privacy1764000000220 } from './migrations/1764000000220-privacy.js';

/** Every table and every step that made it, in order. */
export const schema: Schema = {
  entities: [
    IdempotencyKey,
    AuditEntry,
    StoredFile,
    AppUser,
    UserSession,
    UserAccount,
    UserVerification,
    SignInLimit,
    ApiKey,
    CalendarException,
    PlanningDistrict,
    Commune,
    Cluster,
    ClusterCommune,
    ClusterStatusChange,
    ClusterMilestone,
    ClusterFact,
    ClusterAccess,
    ClusterUtility,
    ClusterDocument,
    Incentive,
    Agency,
    Target,
    TargetValue,
    PlanFigure,
    Firm,
    Contact,
    Consent,
    Pipeline,
    PipelineStage,
    Lead,
    LeadCluster,
    LeadPartner,
    LeadHelper,
    LeadStageChange,
    LeadVersion,
    LeadCell,
    ReportZone,
    Activity,
    TimelineEntry,
    Template,
    TemplateText,
    Message,
    MessageAnswer,
    MailPreference,
    FollowUpPlan,
    FollowUpPlanVersion,
    FollowUpStep,
    FollowUpSequence,
    FollowUpException,
    Reminder,
    Meeting,
    OfficerHours,
    OfficerAbsence,
    PromotionRound,
    PromotionRoundCluster,
    PromotionEvent,
    Participation,
    ParticipationCluster,
    Enquiry,
    UnconfirmedEnquiry,
    SavedView,
    ReportFeed,
    LeadDocument,
    Obstacle,
    InvestorCase,
    CaseLink,
    CaseSession,
    CaseEmailChange,
    DataRequest,
    InboundMail,
    InboundAttachment,
    InboxMailbox,
  ],
  migrations: [
    Platform1764000000000,
    Calendar1764000000001,
    Identity1764000000010,
    Directory1764000000020,
    Leads1764000000030,
    Messaging1764000000040,
    FollowUp1764000000050,
    Promotion1764000000060,
    Portal1764000000070,
    FollowUpException1764000000080,
    Live1764000000090,
    PromotionMailByAddress1764000000100,
    Desk1764000000110,
    SavedViews1764000000120,
    ConsentByAddress1764000000130,
    ConsentState1764000000140,
    Files1764000000150,
    Land1764000000160,
    EnquiryForm1764000000170,
    MailPreferences1764000000180,
    Meetings1764000000190,
    Case1764000000200,
    Inbox1764000000210,
    Privacy1764000000220,
    LeadVersions1764000000230,
    ReportFeeds1764000000240,
  ],
};
