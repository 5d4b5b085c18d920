package org.moxmail.message.mailbox;

/**
 * What a copy or move did, for COPYUID (RFC 4315 §3): the n-th smallest source UID became the n-th smallest target UID.
 *
 * @param uidValidity of the target
 * @param source UIDs that were copied
 * @param target UIDs they have there
 * @param modSeq of the write
 */
public record CopyResult(long uidValidity, UidSet source, UidSet target, long modSeq) {}
