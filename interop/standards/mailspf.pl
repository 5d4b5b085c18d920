#!/usr/bin/perl
# Mail::SPF over a zone from standard input: lines of "rr NAME TYPE VALUE" and "check IP HELO SENDER", apart by tabs.
use strict;
use warnings;
use Mail::SPF;
use Net::DNS;

package Zone {
    our %records;
    our %failing;

    sub new { return bless {}, shift }

    sub send {
        my ($self, $name, $type) = @_;
        $name = lc $name;
        $name =~ s/\.$//;
        $self->{failed} = undef;
        my $packet = Net::DNS::Packet->new($name, $type, 'IN');
        $packet->header->qr(1);
        if ($failing{"$name $type"}) { $self->{failed} = 'query timed out'; return; }
        my $found = grep { $_ eq $name || /\.\Q$name\E$/ } map { (split / /)[0] } keys %records;
        for (my $at = $name, my $hops = 0; defined $at && $hops < 16; $hops++) {
            my $next;
            for my $value (@{ $records{"$at $type"} || [] }) { $packet->push(answer => rr($at, $type, $value)) }
            if ($type ne 'CNAME' && (my $alias = $records{"$at CNAME"})) {
                $packet->push(answer => rr($at, 'CNAME', $alias->[0]));
                $next = $alias->[0];
            }
            $at = $next;
        }
        $packet->header->rcode('NXDOMAIN') unless $found;
        return $packet;
    }

    sub query { return shift->send(@_) }
    sub errorstring { return shift->{failed} || 'NOERROR' }

    sub rr {
        my ($name, $type, $value) = @_;
        my %data = $type eq 'TXT' ? (txtdata => [unpack '(a255)*', $value])
            : $type =~ /^A/ ? (address => $value)
            : $type eq 'MX' ? do { my @mx = split / /, $value; (preference => $mx[0], exchange => $mx[1]) }
            : $type eq 'PTR' ? (ptrdname => $value)
            :                  (cname => $value);
        return Net::DNS::RR->new(owner => $name, type => $type, class => 'IN', ttl => 60, %data);
    }
}

package main;
$| = 1;
binmode STDIN;
my $server = Mail::SPF::Server->new(dns_resolver => Zone->new, hostname => 'receiver.example', max_void_dns_lookups => 2,
    default_authority_explanation => 'NONE',
    query_rr_types => Mail::SPF::Server->query_rr_type_txt);
while (my $line = <STDIN>) {
    chomp $line;
    my ($verb, @words) = map { s/\\(.)/{ t => "\t", n => "\n", r => "\r" }->{$1} \/\/ $1/ger } split /\t/, $line, -1;
    if ($verb eq 'rr') {
        my ($name, $type, $value) = @words;
        if ($type eq 'FAIL') { $Zone::failing{"\L$name\E $value"} = 1 }
        else { push @{ $Zone::records{"\L$name\E $type"} }, $value }
        next;
    }
    my ($ip, $helo, $sender) = @words;
    my $answer = eval {
        my $result = $server->process(Mail::SPF::Request->new(
            versions => [1], scope => $sender ? 'mfrom' : 'helo', identity => $sender || $helo, ip_address => $ip, helo_identity => $helo));
        my $exp = $result->code eq 'fail' ? "" . ($result->authority_explanation // '') : '';
        $result->code . "\t" . ($exp eq 'NONE' ? '' : $exp);
    };
    $answer = "died\t" . (ref $@ ? ref($@) . ' ' . $@->text : $@) unless defined $answer;
    $answer =~ s/\n/ /g;
    print "$answer\n";
}
