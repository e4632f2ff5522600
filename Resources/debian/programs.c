// screenpop and ctirelay as one program, which is the one that it is called by: both hold the runtime of
// Swift, which is larger than either.
#include <string.h>

int screenpop_main(int count, char **words);
int ctirelay_main(int count, char **words);

int main(int count, char **words) {
  const char *called = count > 0 ? words[0] : "";
  const char *slash = strrchr(called, '/');
  const char *name = slash ? slash + 1 : called;
  return strcmp(name, "ctirelay") == 0 ? ctirelay_main(count, words) : screenpop_main(count, words);
}
