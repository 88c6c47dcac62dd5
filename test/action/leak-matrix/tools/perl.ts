import type { Form } from '../form.ts'
import { type Expressions, formsOf, runTool } from './run.ts'

/** Over `$s`, a string of characters, and `$b`, its UTF-8 bytes. */
const EXPRESSIONS: Expressions = {
  'Data::Dumper': 'Data::Dumper->new([$s])->Terse(1)->Dump',
  'Data::Dumper, Useqq': 'Data::Dumper->new([$s])->Terse(1)->Useqq(1)->Dump',
  quotemeta: '$s =~ /[^ -~\\s]/ ? undef : quotemeta($s)',
  'JSON::PP': 'JSON::PP->new->ascii->allow_nonref->encode($s)',
  'MIME::Base64': 'MIME::Base64::encode_base64($b)',
  uri_escape: '$b =~ s/([^A-Za-z0-9\\-._~])/sprintf("%%%02X", ord($1))/ger',
  'unpack H*': 'unpack("H*", $b)',
  '%vd': 'sprintf("%vd", $b)',
}

const SCRIPT = `
use strict; use warnings; use JSON::PP; use Data::Dumper; use MIME::Base64; use Encode;
local $/; my ($expressions, $texts) = @{decode_json(<STDIN>)};
my @result = map { my $code = eval "sub { my (\\$s, \\$b) = \\@_; $_ }" or die $@; [map { $code->($_, Encode::encode("UTF-8", $_)) } @$texts] } @$expressions;
print encode_json(\\@result);
`

/** What Perl's core modules print. */
export function perl(): Form[] {
  return formsOf('Perl', EXPRESSIONS, (texts, expressions) =>
    JSON.parse(runTool('perl', ['-e', SCRIPT], [expressions, texts])),
  )
}
