/** Each library that is a module, used from one. */
module stranger {
    requires org.moxmail.dane;
    requires org.moxmail.dkim;
    requires org.moxmail.dmarc;
    requires org.moxmail.dns;
    requires org.moxmail.imap;
    requires org.moxmail.message;
    requires org.moxmail.mtasts;
    requires org.moxmail.sasl;
    requires org.moxmail.smtp;
    requires org.moxmail.spf;
    requires org.moxmail.tlsrpt;
}
