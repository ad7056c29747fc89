// SPDX-License-Identifier: Apache-2.0
#include "acme_tls_client.h"
#include "challenge/http01_responder.h"
#include "challenge/tls_alpn01_responder.h"
#include "crypto/validation_certificate.h"
#include "support/test_program.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
extern "C" std::size_t __sanitizer_get_current_allocated_bytes(); // g++ has it, but not its header
#else
#include <malloc.h>
#endif

namespace tst_hostile_clients {

using challenge::Http01Responder;
using challenge::ListenAddress;
using challenge::ResponderLimits;
using challenge::TlsAlpn01Responder;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int connectionsInAll = 10'000;
constexpr int connectionsAtOnce = 200; // the system keeps 512 until they are taken up
constexpr int connectionLimit = 64;
constexpr qint64 perConnection = 64 * 1024; // bytes: a socket of Qt's, a TLS session, what it heard

constexpr quint32 strangers = INADDR_LOOPBACK + 1; // 127.0.0.2, while authorities come from 127.0.0.1

const ListenAddress loopback {QHostAddress(QHostAddress::LocalHost), 0};

/// Bytes on the heap that are in use.
qint64 heapInUse()
{
#if defined(__SANITIZE_ADDRESS__)
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    return static_cast<qint64>(mallinfo2().uordblks);
#endif
}

int openDescriptors()
{
    return int(QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

sockaddr_in socketAddress(quint32 host, quint16 port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(host);
    return address;
}

/// A client's end of a connection by the system's own calls, which cost this process nothing else.
class RawConnection {
public:
    explicit RawConnection(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        const sockaddr_in own = socketAddress(strangers, 0);
        const sockaddr_in address = socketAddress(INADDR_LOOPBACK, port);
        ::bind(m_socket, reinterpret_cast<const sockaddr*>(&own), sizeof own);
        if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            qFatal("the responder cannot be connected to");
    }
    ~RawConnection() { ::close(m_socket); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    /// As much of it as the system takes now.
    void send(const QByteArray& bytes) const
    {
        [[maybe_unused]] const auto sent =
            ::send(m_socket, bytes.constData(), size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    /// Ends it by a reset instead of a good-bye.
    void resetAtEnd() const
    {
        const linger now {1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    bool isClosedByPeer() const
    {
        char bytes[4096];
        return ::recv(m_socket, bytes, sizeof bytes, MSG_DONTWAIT) == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    }

private:
    int m_socket;
};

/// What the hostile tests need of a responder.
class Target {
public:
    virtual ~Target() = default;
    virtual quint16 port() const = 0;
    virtual int connections() const = 0;
    /// An authority that begins to ask now.
    virtual std::unique_ptr<QSslSocket> ask() const = 0;
    /// Whether it is answered in the end.
    virtual bool isAnswered(QSslSocket& authority) const = 0;
    /// The beginning of a request that could become good.
    virtual QByteArray beginning() const = 0;
};

class HttpTarget final : public Target {
public:
    explicit HttpTarget(ResponderLimits limits)
        : m_responder(limits)
    {
        if (!m_responder.listen(loopback))
            qFatal("cannot listen");
        m_responder.present(u"token"_s, u"token.thumbprint"_s);
    }
    quint16 port() const override { return m_responder.port(); }
    int connections() const override { return m_responder.connections(); }
    std::unique_ptr<QSslSocket> ask() const override
    {
        auto socket = std::make_unique<QSslSocket>(); // in the clear
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), port());
        socket->write("GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: example.org\r\n\r\n");
        return socket;
    }
    bool isAnswered(QSslSocket& authority) const override
    {
        return untilClosed(authority) && authority.readAll().endsWith("\r\n\r\ntoken.thumbprint");
    }
    QByteArray beginning() const override { return "GET /.well-known/acme-challenge/token HTTP/1.1\r\nX: "; }

private:
    Http01Responder m_responder;
};

class TlsTarget final : public Target {
public:
    explicit TlsTarget(ResponderLimits limits)
        : m_responder(limits)
    {
        if (!m_responder.listen(loopback))
            qFatal("cannot listen");
        const auto name = base::Identifier::parse(u"a.example.org"_s).value();
        const auto identity =
            crypto::makeValidationCertificate(name, "token.thumbprint", QDateTime::currentDateTimeUtc()).value();
        m_responder.present(u"a.example.org"_s, u"token.thumbprint"_s, identity);
    }
    quint16 port() const override { return m_responder.port(); }
    int connections() const override { return m_responder.connections(); }
    std::unique_ptr<QSslSocket> ask() const override { return AcmeTlsClient {port()}.begin(u"a.example.org"_s); }
    bool isAnswered(QSslSocket& authority) const override { return !AcmeTlsClient::shownBy(authority).isNull(); }
    QByteArray beginning() const override { return QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11); }

private:
    TlsAlpn01Responder m_responder;
};

bool answers(const Target& target)
{
    const auto authority = target.ask();
    return target.isAnswered(*authority);
}

std::unique_ptr<Target> makeTarget(bool tls, ResponderLimits limits)
{
    if (tls)
        return std::make_unique<TlsTarget>(limits);
    return std::make_unique<HttpTarget>(limits);
}

void bothResponders()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("http-01") << false;
    QTest::newRow("tls-alpn-01") << true;
}

QByteArray garbage(QRandomGenerator& random, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes)
        byte = static_cast<char>(random.generate());
    return bytes;
}

/// Silence, the beginning of something good, noise, or far too much of it.
void beHostile(const RawConnection& connection, int kind, const Target& target, QRandomGenerator& random)
{
    switch (kind % 5) {
    case 0:
        break;
    case 1:
        connection.send(target.beginning());
        break;
    case 2:
        connection.send(garbage(random, 200));
        break;
    case 3:
        connection.send(target.beginning() + QByteArray(100'000, 'x'));
        break;
    default:
        connection.send(target.beginning());
        connection.resetAtEnd();
        break;
    }
}

/// Takes all descriptors that this process may have, for as long as this object lives.
class NoDescriptors {
public:
    NoDescriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit lower {rlim_t(openDescriptors() + 100), m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &lower);
        for (int copy = ::dup(0); copy >= 0; copy = ::dup(0))
            m_copies.append(copy);
    }
    ~NoDescriptors()
    {
        for (const int copy : m_copies)
            ::close(copy);
        ::setrlimit(RLIMIT_NOFILE, &m_before);
    }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

private:
    rlimit m_before {};
    QList<int> m_copies;
};

} // namespace

/// Both responders stand where everybody can reach them.
class TestHostileClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWhileTenThousandConnectionsComeAndGo_data() { bothResponders(); }
    void answersWhileTenThousandConnectionsComeAndGo();
    void closesConnectionsThatSayNothingOrTrickle_data() { bothResponders(); }
    void closesConnectionsThatSayNothingOrTrickle();
    void goesOnWhenDescriptorsHaveRunOut_data() { bothResponders(); }
    void goesOnWhenDescriptorsHaveRunOut();
};

void TestHostileClients::answersWhileTenThousandConnectionsComeAndGo()
{
    QFETCH(bool, tls);
    const auto target = makeTarget(tls, {.perConnection = 60s, .connections = connectionLimit});
    QVERIFY(answers(*target)); // what is made once is there
    const qint64 heap = heapInUse();
    const int descriptors = openDescriptors();
    QRandomGenerator random(4);
    qint64 mostHeap = 0;
    for (int opened = 0; opened < connectionsInAll; opened += connectionsAtOnce) {
        std::vector<std::unique_ptr<RawConnection>> connections;
        std::unique_ptr<QSslSocket> authority;
        for (int i = 0; i < connectionsAtOnce; ++i) {
            if (i == connectionsAtOnce / 2)
                authority = target->ask(); // long dropped by the time it speaks, if the oldest were
            connections.push_back(std::make_unique<RawConnection>(target->port()));
            beHostile(*connections.back(), i, *target, random);
        }
        QVERIFY(target->isAnswered(*authority));
        QVERIFY(answers(*target)); // this one comes last, so that all others were taken up before
        QVERIFY(target->connections() <= connectionLimit);
        QVERIFY(openDescriptors() <= descriptors + connectionsAtOnce + connectionLimit);
        mostHeap = qMax(mostHeap, heapInUse() - heap);
    }
    QTRY_COMPARE(target->connections(), 0);
    const qint64 left = heapInUse() - heap;
    QVERIFY2(mostHeap < connectionLimit * perConnection, QByteArray::number(mostHeap));
    QVERIFY2(left < 10 * perConnection, QByteArray::number(left));
    QTRY_VERIFY(openDescriptors() <= descriptors);
    qInfo("heap in use: at most %lld KiB more than before, %lld KiB afterwards", mostHeap / 1024, left / 1024);
}

void TestHostileClients::closesConnectionsThatSayNothingOrTrickle()
{
    QFETCH(bool, tls);
    const auto target = makeTarget(tls, {.perConnection = 200ms});
    const RawConnection silent(target->port());
    const RawConnection slow(target->port());
    slow.send(target->beginning());
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, &trickle, [&slow] { slow.send("x"); });
    trickle.start(5);
    QTRY_VERIFY(silent.isClosedByPeer());
    QTRY_VERIFY(slow.isClosedByPeer());
    QTRY_COMPARE(target->connections(), 0);
}

void TestHostileClients::goesOnWhenDescriptorsHaveRunOut()
{
    QFETCH(bool, tls);
    const auto target = makeTarget(tls, {});
    QVERIFY(answers(*target));
    {
        const RawConnection waiting(target->port());
        const NoDescriptors none;
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QCOMPARE(target->connections(), 0);
    }
    QVERIFY(answers(*target));
}

SEALWRIGHT_TEST(TestHostileClients)

} // namespace tst_hostile_clients

#include "tst_hostile_clients.moc"
