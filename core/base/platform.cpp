// SPDX-License-Identifier: Apache-2.0
#include "base/platform.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace base::platform {
namespace {

using namespace Qt::StringLiterals;

constexpr int descriptionLimit = 512;
constexpr int lowPriority = 10; // of -20 to 19: a tenth of what the others get where all of them want a processor

QString reason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

tl::unexpected<Error> fileError(const QString& path, const QString& what)
{
    return failed(ErrorCode::File, u"%1: %2"_s.arg(path, what));
}

bool writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = bytes.sliced(written);
    }
    return true;
}

void syncFolderOf(const QString& path)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    const int descriptor = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

QString readDescription(int descriptor)
{
    std::array<char, descriptionLimit> buffer {};
    const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    return size > 0 ? QString::fromUtf8(buffer.data(), size) : u"another process"_s;
}

void writeDescription(int descriptor, const QString& description)
{
    const QByteArray text = description.toUtf8().left(descriptionLimit);
    if (::ftruncate(descriptor, 0) == 0)
        writeAll(descriptor, text);
}

/// Whether `path` still names the opened file: whoever let go of a lock may have removed it meanwhile.
bool isStillNamed(int descriptor, const QByteArray& path)
{
    struct stat opened { };
    struct stat named { };
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.constData(), &named) == 0 && opened.st_dev == named.st_dev
        && opened.st_ino == named.st_ino;
}

/// The terminal's echo, off as long as this object lives.
class Quiet {
public:
    explicit Quiet(int terminal)
        : m_terminal(terminal)
    {
        ::tcgetattr(m_terminal, &m_before);
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(m_terminal, TCSAFLUSH, &quiet);
    }
    ~Quiet() { ::tcsetattr(m_terminal, TCSAFLUSH, &m_before); }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

private:
    int m_terminal;
    termios m_before {};
};

Secret readLine(int descriptor)
{
    QByteArray line;
    line.reserve(1024); // no reallocation leaves a copy behind for usual lengths
    char character = 0;
    while (line.size() < 1024 && ::read(descriptor, &character, 1) == 1 && character != '\n')
        line.append(character);
    Secret secret(line);
    wipe(line);
    return secret;
}

} // namespace

FileLock::FileLock(int descriptor)
    : m_descriptor(descriptor)
{
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FileLock> FileLock::acquire(const QString& path, Mode mode, const QString& description)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fileError(path, reason());
    FileLock lock(descriptor);
    const int operation = (mode == Mode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    if (::flock(descriptor, operation) != 0) {
        if (errno == EWOULDBLOCK)
            return failed(ErrorCode::Busy, readDescription(descriptor));
        return fileError(path, reason());
    }
    if (!isStillNamed(descriptor, QFile::encodeName(path)))
        return acquire(path, mode, description);
    if (mode == Mode::Exclusive)
        writeDescription(descriptor, description);
    return lock;
}

Result<void> writeFile(const QString& path, QByteArrayView bytes, Overwrite overwrite, bool ownerOnly)
{
    if (overwrite == Overwrite::No && QFileInfo::exists(path))
        return failed(ErrorCode::AlreadyExists, u"%1 exists already"_s.arg(path));
    QByteArray temporary = QFile::encodeName(path + u".XXXXXX"_s);
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0)
        return fileError(path, reason());
    const mode_t mode = ownerOnly ? 0600 : 0644;
    const bool written = ::fchmod(descriptor, mode) == 0 && writeAll(descriptor, bytes) && ::fsync(descriptor) == 0;
    const QString fault = written ? QString() : reason();
    ::close(descriptor);
    // link() instead of rename() where nothing may be replaced: it fails when the name was taken meanwhile
    const QByteArray target = QFile::encodeName(path);
    const bool published = written
        && (overwrite == Overwrite::Yes ? ::rename(temporary.constData(), target.constData()) == 0
                                        : ::link(temporary.constData(), target.constData()) == 0);
    const int publishError = errno;
    if (!published || overwrite == Overwrite::No)
        ::unlink(temporary.constData());
    if (!written)
        return fileError(path, fault);
    if (!published)
        return fileError(path, QString::fromLocal8Bit(std::strerror(publishError)));
    syncFolderOf(path);
    return {};
}

Result<QByteArray> readFile(const QString& path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(path, file.errorString());
    QByteArray bytes = file.read(limit + 1);
    if (bytes.size() > limit) {
        wipe(bytes);
        return fileError(path, u"larger than %1 bytes"_s.arg(limit));
    }
    return bytes;
}

Result<Secret> readSecret(const QString& path, qint64 limit)
{
    auto bytes = readFile(path, limit);
    if (!bytes)
        return failed(std::move(bytes).error());
    Secret secret {QByteArrayView(*bytes)};
    wipe(*bytes);
    return secret;
}

Result<void> makePrivateFolder(const QString& path)
{
    const QString parent = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(parent) && parent != path)
        if (auto made = makePrivateFolder(parent); !made)
            return made;
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
        return fileError(path, reason());
    if (!QFileInfo(path).isDir())
        return fileError(path, u"is not a folder"_s);
    if (QFileInfo(path).ownerId() == ::geteuid() && ::chmod(name.constData(), 0700) != 0)
        return fileError(path, reason());
    return {};
}

void forbidCoreDumps()
{
    const rlimit none {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void yieldToOtherThreads()
{
    ::setpriority(PRIO_PROCESS, 0, lowPriority); // Linux: of the calling thread
}

QString userName()
{
    const passwd* entry = ::getpwuid(::geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::geteuid());
}

qint64 processId()
{
    return ::getpid();
}

std::optional<Secret> askPassphrase(const QString& prompt)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return std::nullopt;
    writeAll(terminal, prompt.toLocal8Bit());
    std::optional<Secret> answer;
    {
        const Quiet quiet(terminal);
        answer = readLine(terminal);
    }
    writeAll(terminal, "\n");
    ::close(terminal);
    return answer;
}

} // namespace base::platform
