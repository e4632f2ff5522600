// unixODBC's call-level interface, ODBC 3.
#include <sql.h>
#include <sqlext.h>
