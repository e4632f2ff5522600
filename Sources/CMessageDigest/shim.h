// libmd: the digests that SIP's authentication and the signatures of webhooks ask for. Every Debian has it: dpkg needs it.
#include <md5.h>
#include <sha1.h>
#include <sha2.h>
