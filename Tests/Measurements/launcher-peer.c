/* The launcher's exchange in C, as the measure for clicktocall (cc -O2, dynamic):
 *
 *     launcher-peer NUMBER
 *
 * The same steps as the Swift program: look at the runtime folder, find the windows that listen there,
 * connect, check the peer's user, send one line, read one answer, all within 500 ms. Exit codes as
 * clicktocall's, without the spool: 0 delivered, 65 refused, 73 not delivered.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 4096, LIMIT = 500 };

static long long milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Appends a form-encoded text; 0 when it does not fit. */
static int encode(char *line, size_t *length, const char *text) {
  for (; *text; text++) {
    unsigned char c = *text;
    int plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                (c && strchr("*-._", c));
    if (*length + 4 > LINE) return 0;
    if (c == ' ') line[(*length)++] = '+';
    else if (plain) line[(*length)++] = c;
    else *length += sprintf(line + *length, "%%%02X", c);
  }
  return 1;
}

/* Offers the line to one window: 1 taken, -1 refused, 0 neither. */
static int offer(const char *path, const char *line, size_t length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return 0;
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return 0;
  int result = 0;
  long long deadline = milliseconds() + LIMIT;
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) goto end;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid()) goto end;
  for (size_t sent = 0; sent < length;) {
    ssize_t count = send(fd, line + sent, length - sent, MSG_NOSIGNAL);
    if (count < 0) goto end;
    sent += count;
  }
  char answer[LINE];
  size_t got = 0;
  while (got < sizeof answer) {
    ssize_t count = recv(fd, answer + got, sizeof answer - got, 0);
    if (count < 0 && errno == EAGAIN) {
      long long rest = deadline - milliseconds();
      struct pollfd wait = {.fd = fd, .events = POLLIN};
      if (rest <= 0) goto end;
      poll(&wait, 1, rest);
      continue;
    }
    if (count <= 0) goto end;
    got += count;
    if (memchr(answer, '\n', got)) break;
  }
  if ((got >= 3 && !memcmp(answer, "ok\n", 3)) || (got >= 5 && !memcmp(answer, "name=", 5))) result = 1;
  else if (got >= 8 && !memcmp(answer, "refused ", 8)) result = -1;
end:
  close(fd);
  return result;
}

int main(int count, char **words) {
  if (count != 2) return 64;
  signal(SIGPIPE, SIG_IGN);
  for (int fd = 0; fd < 3; fd++)
    if (fcntl(fd, F_GETFD) < 0) open("/dev/null", O_RDWR);

  char folder[3800];
  const char *runtime = getenv("XDG_RUNTIME_DIR");
  if (runtime && *runtime == '/') snprintf(folder, sizeof folder, "%s/screenpop", runtime);
  else snprintf(folder, sizeof folder, "/tmp/screenpop-%d", (int)geteuid());
  struct stat status;
  if (lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid() ||
      (status.st_mode & 07777) != 0700)
    return 73;

  struct timespec time;
  unsigned random = 0;
  clock_gettime(CLOCK_REALTIME, &time);
  if (getrandom(&random, sizeof random, GRND_NONBLOCK) < 0) random = 0;
  char line[LINE + 1];
  size_t length = sprintf(line, "v=1&event=ring&tel=");
  if (!encode(line, &length, words[1]) || length + 40 > LINE) return 65;
  length += sprintf(line + length, "&mid=%016llx-%08x-%08x\n",
                    time.tv_sec * 1000000000ULL + time.tv_nsec, (unsigned)getpid(), random);

  int taken = 0, refused = 0;
  DIR *names = opendir(folder);
  for (struct dirent *entry; names && (entry = readdir(names));) {
    size_t end = strlen(entry->d_name);
    if (strncmp(entry->d_name, "window", 6) || end < 11 || strcmp(entry->d_name + end - 5, ".sock"))
      continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    int result = offer(path, line, length);
    if (result > 0) taken = 1;
    if (result < 0) refused = 1;
  }
  if (names) closedir(names);
  return taken ? 0 : refused ? 65 : 73;
}
