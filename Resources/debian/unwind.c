// Takes out of objects, and archives of objects, what says how to unwind their calls when an exception of C++ is
// thrown, which is an eighth of the program: Swift throws by returning, and nothing else here throws through it.
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// A section without a type is none to the linker; what is to be put into it goes with it.
static void leave_out(uint8_t *object, size_t size) {
  Elf64_Ehdr *head = (Elf64_Ehdr *)object;
  if (size < sizeof *head || memcmp(object, ELFMAG, SELFMAG) != 0 || head->e_type != ET_REL) return;
  Elf64_Shdr *sections = (Elf64_Shdr *)(object + head->e_shoff);
  size_t count = head->e_shnum ? head->e_shnum : sections[0].sh_size;
  size_t names = head->e_shstrndx == SHN_XINDEX ? sections[0].sh_link : head->e_shstrndx;
  if (head->e_shoff + count * sizeof *sections > size || names >= count) return;
  const char *text = (const char *)object + sections[names].sh_offset;
  for (size_t i = 1; i < count; i++) {
    const char *name = text + sections[i].sh_name;
    if (strcmp(name, ".eh_frame") == 0 || strcmp(name, ".rela.eh_frame") == 0) sections[i].sh_type = SHT_NULL;
  }
}

int main(int count, char **files) {
  for (int i = 1; i < count; i++) {
    struct stat status;
    int file = open(files[i], O_RDWR);
    if (file < 0 || fstat(file, &status) != 0) return perror(files[i]), 70;
    size_t size = status.st_size;
    if (size == 0) continue;
    uint8_t *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED) return perror(files[i]), 70;
    if (size < 8 || memcmp(bytes, "!<arch>\n", 8) != 0) leave_out(bytes, size);
    // An archive's members follow each other, each at an even place behind 60 bytes, of which ten say how long it is.
    else
      for (size_t at = 8; at + 60 <= size;) {
        char length[11] = {0};
        memcpy(length, bytes + at + 48, 10);
        size_t member = strtoul(length, NULL, 10);
        if (member > size - at - 60) return fprintf(stderr, "%s: damaged\n", files[i]), 70;
        leave_out(bytes + at + 60, member);
        at += 60 + member + (member & 1);
      }
    munmap(bytes, size);
    close(file);
  }
}
