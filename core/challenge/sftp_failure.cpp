// SPDX-License-Identifier: Apache-2.0
#include "challenge/sftp_failure.h"

#include <array>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;

struct Row {
    const char* words; ///< of OpenSSH, which does not translate them
    ErrorCode code;
    const char16_t* sentence; ///< %1 is the host, %2 what ssh said last
};

// the first that matches counts: a changed host key also says that its verification failed
constexpr std::array rows {
    Row {"REMOTE HOST IDENTIFICATION HAS CHANGED", ErrorCode::File,
         u"%1 shows another host key than known_hosts has for it: it was set up anew, or somebody else answers in its "
         u"place. Ask who runs it, then remove the old key with ssh-keygen -R and accept the new one with ssh"},
    Row {"Host key verification failed", ErrorCode::File,
         u"the host key of %1 is not in known_hosts: connect once with ssh, compare the fingerprint and accept it"},
    Row {": Permission denied (", ErrorCode::File,
         u"%1 refuses the login: it needs a key that ssh can use without asking, from an agent or without a "
         u"passphrase (%2)"},
    Row {"Too many authentication failures", ErrorCode::File,
         u"%1 refuses the login: ssh offered too many keys; name the right one in its configuration (IdentityFile, "
         u"IdentitiesOnly)"},
    Row {"config file", ErrorCode::File, u"ssh's configuration cannot be read (%2)"},
    Row {"bad configuration options", ErrorCode::File, u"ssh does not understand its configuration (%2)"},
    Row {"subsystem request failed", ErrorCode::Unsupported, u"%1 offers no sftp to this login"},
    Row {"Could not resolve hostname", ErrorCode::Network,
         u"%1 is neither an alias of ssh's configuration nor a name that is found (%2)"},
    Row {"connect to host", ErrorCode::Network, u"%1 cannot be reached (%2)"},
    Row {"timed out", ErrorCode::Network, u"%1 does not answer as ssh (%2)"},
};

/// The line that says why; sftp itself only adds that the connection is closed.
QString lastWords(const QByteArray& output)
{
    QString words;
    for (const QByteArray& line : output.split('\n')) {
        const QString text = QString::fromUtf8(line.trimmed());
        if (!text.isEmpty() && !text.startsWith("Connection closed"_L1) && !text.startsWith("sftp> "_L1))
            words = text;
    }
    return words.isEmpty() ? u"the connection was closed"_s : words.left(300);
}

} // namespace

base::Error sftpFailure(const SshHost& host, const QByteArray& output)
{
    const QString words = lastWords(output);
    for (const Row& row : rows) {
        if (!output.contains(row.words))
            continue;
        QString sentence = QString::fromUtf16(row.sentence).replace("%1"_L1, host.toString());
        return base::Error(row.code, sentence.replace("%2"_L1, words)).about(u"webrootHost"_s);
    }
    return base::Error(ErrorCode::Network, u"sftp to %1 failed: %2"_s.arg(host.toString(), words))
        .about(u"webrootHost"_s);
}

} // namespace challenge
