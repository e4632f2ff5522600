// hiredis: the connection to Redis and the parser of its answers.
#ifndef SCREENPOP_CHIREDIS_H
#define SCREENPOP_CHIREDIS_H

#include <hiredis/hiredis.h>

#endif
