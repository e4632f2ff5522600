/// What `--help` prints.
let help = """
  Usage: clicktocall [OPTION]... NUMBER [popup]
         clicktocall /N:S /C:NUMBER /T:I /I:CALL
  Tells the ScreenPop window of this user that there is a call. The number may be in any form that
  telephony software passes: digits, a SIP, tel: or callto: address. The word popup asks for the
  record. Without a number, the call is read from Twinkle's environment.

    --event WORD       ring (default), answer, end or request
    --call-id ID       the telephony's own name for the call
    --line LINE        the softphone's line or account
    --name NAME        the caller's name, as the telephony knows it
    --called NUMBER    the number that was called
    --direction WORD   in (default) or out
    --reason WORD      why the call ended: normal, missed, rejected, elsewhere or failed
    --station STATION  the window of this station only (default: SCREENPOP_STATION, or all windows)
    --reply-name       print the caller's name for Twinkle, within 200 ms or not at all
    --number=NUMBER    the number, for software that wants to name it
    --help, --version  print this, or the release, and exit
    --                 what follows is data, whatever it looks like

  Exit codes: 0 delivered, 75 kept in the spool, 73 neither, 65 refused, 64 wrong use.

  """
