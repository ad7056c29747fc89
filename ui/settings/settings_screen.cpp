// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settings_screen.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/banner.h"
#include "ui/common/facts.h"
#include "ui/common/form.h"
#include "ui/common/look.h"
#include "ui/common/passphrase_field.h"
#include "ui/common/preferences.h"
#include "ui/common/widgets.h"
#include "ui/settings/solvers_card.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int contentWidth = 640 + 2 * pageMargin;

} // namespace

SettingsScreen::SettingsScreen(Workspace& workspace, const QString& dataFolder)
    : Screen(workspace)
    , m_banner(new Banner(u"settingsBanner"_s))
    , m_vault(new Facts)
    , m_solvers(new SolversCard(workspace))
    , m_form(new Form)
    , m_passphrase(makePassphraseField(u"newPassphrase"_s))
    , m_repeat(makePassphraseField(u"newPassphraseRepeat"_s))
    , m_appearance(makeComboBox(u"appearance"_s))
{
    auto* content = new QWidget;
    content->setMaximumWidth(contentWidth); // of all, since the height that a card needs is asked for at this width
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    inner->setSpacing(pageSpacing);
    inner->addWidget(makeTitle(tr("Settings")));
    inner->addWidget(m_banner);
    inner->addWidget(makeVaultCard());
    inner->addWidget(m_solvers);
    inner->addWidget(makeLookCard());
    QFrame* about = makeCard();
    auto* facts = new Facts;
    facts->add(tr("Version"), QStringLiteral(SEALWRIGHT_VERSION));
    facts->addMono(tr("Data folder"), dataFolder);
    cardLayout(about)->addWidget(makeHeading(tr("About")));
    cardLayout(about)->addWidget(facts);
    inner->addWidget(about);
    inner->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeScrolling(content));
}

QWidget* SettingsScreen::makeVaultCard()
{
    QFrame* card = makeCard();
    QPushButton* add = makeButton(tr("&Add passphrase"), u"addPassphraseButton"_s, u"key"_s);
    QPushButton* lock = makeButton(tr("&Lock the vault"), u"lockVaultButton"_s, u"lock"_s);
    m_form->addRow(u"passphrase"_s, tr("&Passphrase"), m_passphrase,
                   tr("At least %1 characters. Those that open the vault already stay valid.").arg(shortestPassphrase));
    m_form->addRow(u"repeat"_s, tr("A&gain"), m_repeat);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(lock);
    buttons->addStretch(1);
    buttons->addWidget(add);
    QVBoxLayout* layout = cardLayout(card);
    layout->addWidget(makeHeading(tr("Vault")));
    layout->addWidget(m_vault);
    layout->addSpacing(6);
    layout->addWidget(m_form);
    layout->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &SettingsScreen::addPassphrase);
    connect(lock, &QPushButton::clicked, this, [this] { manager().lockVault(); });
    return card;
}

QWidget* SettingsScreen::makeLookCard()
{
    QFrame* card = makeCard();
    m_appearance->addItem(tr("As the desktop"), appearanceName(Appearance::FollowDesktop));
    m_appearance->addItem(tr("Light"), appearanceName(Appearance::Light));
    m_appearance->addItem(tr("Dark"), appearanceName(Appearance::Dark));
    m_appearance->setCurrentIndex(std::max(0, m_appearance->findData(settings().value(u"appearance"_s))));
    auto* form = new Form;
    form->addRow(u"appearance"_s, tr("&Colours"), m_appearance);
    cardLayout(card)->addWidget(makeHeading(tr("Appearance")));
    cardLayout(card)->addWidget(form);
    connect(m_appearance, &QComboBox::activated, this, &SettingsScreen::changeLook);
    return card;
}

void SettingsScreen::refresh()
{
    m_solvers->refresh();
    manager().vaultStatus(this, [this](base::Result<lifecycle::VaultStatus> status) {
        m_vault->clear();
        if (!status)
            return m_banner->showError(status.error());
        QStringList kinds;
        if (status->slotKinds.contains(lifecycle::SlotKind::Keyring))
            kinds += tr("the desktop's keyring");
        if (const auto count = status->slotKinds.count(lifecycle::SlotKind::Passphrase))
            kinds += tr("%n passphrase(s)", nullptr, static_cast<int>(count));
        if (status->slotKinds.contains(lifecycle::SlotKind::KeyFile))
            kinds += tr("a key file");
        m_vault->add(tr("State"), status->operatorOpen ? tr("Open") : tr("Locked"));
        m_vault->add(tr("Opened by"), kinds.join(u", "_s));
    });
}

void SettingsScreen::addPassphrase()
{
    m_form->clearFaults();
    if (m_passphrase->text().size() < shortestPassphrase)
        return m_form->setFault(u"passphrase"_s, tr("It has fewer than %1 characters.").arg(shortestPassphrase), true);
    if (m_passphrase->text() != m_repeat->text())
        return m_form->setFault(u"repeat"_s, tr("The two are not the same."), true);
    m_repeat->clear();
    manager().addPassphrase(takeSecret(m_passphrase), this, [this](base::Result<void> done) {
        if (!done)
            return m_banner->showError(done.error());
        m_banner->showMessage(Severity::Good, tr("The passphrase opens the vault from now on."));
        refresh();
    });
}

void SettingsScreen::changeLook()
{
    const QString name = m_appearance->currentData().toString();
    settings().setValue(u"appearance"_s, name);
    applyLook(*qApp, appearanceFromName(name));
}

} // namespace ui
