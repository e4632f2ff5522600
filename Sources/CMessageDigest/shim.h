// libmd: the digests that SIP's authentication asks for. Every Debian has it: dpkg needs it.
#include <md5.h>
#include <sha2.h>
