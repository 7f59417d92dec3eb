import { Body, Controller, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/http/allow.js';
import { EnquiriesService } from './enquiries.service.js';
import { inEvenTime } from './even-time.js';
import { EnquiryBody, EnquiryReceipt } from './enquiry.dto.js';

@ApiTags('public')
@Controller('api/public/v1/enquiries')
export class EnquiriesController {
  constructor(private readonly enquiries: EnquiriesService) {}

  /** Answers a reference to quote; a confirmation goes to the address that was given. Ten an hour from one address. */
  @Public()
  @RouteConfig({ rateLimit: { max: 10, timeWindow: '1 hour' } })
  @Post()
  receive(@Body() body: EnquiryBody): Promise<EnquiryReceipt> {
    return inEvenTime(() => this.enquiries.receive(body));
  }
}
