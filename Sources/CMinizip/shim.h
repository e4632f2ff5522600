// minizip: the files in a ZIP archive.
#ifndef SCREENPOP_CMINIZIP_H
#define SCREENPOP_CMINIZIP_H

#include <minizip/unzip.h>

// A file without a name, in memory (memfd_create(2)), of which Swift's module of the C library says nothing.
extern int memfd_create(const char *name, unsigned int flags);
enum { cmz_close_on_exec = 1 };

#endif
