package org.moxmail.message.mailbox;

/** Where a message went, for APPENDUID (RFC 4315 §3). */
public record AppendResult(long uidValidity, long uid, long modSeq, long messageId) {}
